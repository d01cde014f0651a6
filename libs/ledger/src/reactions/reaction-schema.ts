/** "AnnR": tells it from any other SQLite file. */
export const REACTION_STORE_ID = 0x416e6e52

/**
 * `cursor`: up to where all rules have run and their follow-ups are acknowledged. `rule`: from where on a rule has effects; before that it
 * only folds. `state`: one JSON value for each thing that a rule watches. `alarm`: what time alone will cause.
 *
 * `webhook`: the last configuration, a fold of the record too; `failures` and `paused` are ours. `delivery.id` comes from webhook and
 * event: the same event is never queued twice. Numbers of states: 0 waiting, 1 retrying, 2 delivered, 3 given up.
 */
export const reactionSchema: readonly string[] = [
  `
    CREATE TABLE cursor (one INTEGER PRIMARY KEY CHECK (one = 1), position TEXT NOT NULL) STRICT;
    CREATE TABLE rule (rule TEXT PRIMARY KEY, since TEXT, since_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE state (
      rule TEXT NOT NULL,
      workspace TEXT NOT NULL,
      thing TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (rule, workspace, thing)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE alarm (
      rule TEXT NOT NULL,
      workspace TEXT NOT NULL,
      thing TEXT NOT NULL,
      name TEXT NOT NULL,
      due TEXT NOT NULL,
      PRIMARY KEY (rule, workspace, thing, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX alarm_by_due ON alarm (due);
    CREATE TABLE webhook (
      workspace TEXT NOT NULL,
      id TEXT NOT NULL,
      url TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('enabled', 'disabled', 'removed')),
      types TEXT,
      key_id TEXT,
      configured_at TEXT NOT NULL,
      failures INTEGER NOT NULL DEFAULT 0,
      paused INTEGER NOT NULL DEFAULT 0,
      last_delivery TEXT,
      PRIMARY KEY (workspace, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE delivery (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      workspace TEXT NOT NULL,
      webhook TEXT NOT NULL,
      stream TEXT NOT NULL,
      event TEXT NOT NULL,
      type TEXT NOT NULL,
      state INTEGER NOT NULL DEFAULT 0,
      attempts INTEGER NOT NULL DEFAULT 0,
      next_at INTEGER NOT NULL DEFAULT 0,
      ended_at INTEGER,
      last_status INTEGER,
      last_error TEXT
    ) STRICT;
    CREATE INDEX delivery_open ON delivery (workspace, webhook, seq) WHERE state < 2;
    CREATE INDEX delivery_by_webhook ON delivery (workspace, webhook, seq);
    CREATE INDEX delivery_by_state ON delivery (workspace, state, seq);
    CREATE INDEX delivery_by_both ON delivery (workspace, webhook, state, seq);
    CREATE INDEX delivery_ended ON delivery (ended_at) WHERE state = 2;
  `,
]
