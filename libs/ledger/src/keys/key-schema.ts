/** "AnnK": tells a key store from any other SQLite file. */
export const KEY_STORE_ID = 0x416e6e4b

/**
 * What must be destroyable without trace stands in `cell` and `reference` alone: rows of one size, only ever added at the end and
 * overwritten where they stand. SQLite never moves such rows. (Rows of other tables wander between pages as tables grow, and even
 * secure_delete can leave a copy in the gap of a page that they left; there stand only names and numbers.)
 *
 * `cell.wrapped`: see `wrapping.ts`; all zero once destroyed. A null `cell` elsewhere: destroyed.
 * `block_key.since`: the stream version from which the block's key counts; keys of earlier events stand in `kept_event_key`, or are gone.
 * `reference.mac`: HMAC of a sender's reference under a key of the workspace; its first 16 bits are the `bucket` it is looked up by.
 * `counter.destructions`: grows with every destruction, so that readers know when to forget their caches.
 */
export const keySchema: readonly string[] = [
  `
    CREATE TABLE cell (id INTEGER PRIMARY KEY, wrapped BLOB NOT NULL CHECK (length(wrapped) = 60)) STRICT;
    CREATE TABLE reference (id INTEGER PRIMARY KEY, mac BLOB NOT NULL CHECK (length(mac) = 32), subject TEXT NOT NULL CHECK (length(subject) = 24)) STRICT;
    CREATE TABLE verifier (one INTEGER PRIMARY KEY CHECK (one = 1), cell INTEGER NOT NULL) STRICT;
    CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE block_key (
      stream TEXT NOT NULL,
      block INTEGER NOT NULL,
      generation INTEGER NOT NULL,
      since INTEGER NOT NULL,
      cell INTEGER,
      PRIMARY KEY (stream, block)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE kept_event_key (
      stream TEXT NOT NULL,
      event TEXT NOT NULL,
      cell INTEGER NOT NULL,
      PRIMARY KEY (stream, event)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE kept_field_key (
      stream TEXT NOT NULL,
      event TEXT NOT NULL,
      pointer TEXT NOT NULL,
      workspace TEXT NOT NULL,
      subject TEXT,
      cell INTEGER NOT NULL,
      PRIMARY KEY (stream, event, pointer)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX kept_field_key_of_subject ON kept_field_key (workspace, subject) WHERE subject IS NOT NULL;
    CREATE TABLE subject (
      workspace TEXT NOT NULL,
      id TEXT NOT NULL,
      cell INTEGER,
      reference INTEGER,
      PRIMARY KEY (workspace, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE reference_bucket (
      workspace TEXT NOT NULL,
      bucket INTEGER NOT NULL,
      reference INTEGER NOT NULL,
      PRIMARY KEY (workspace, bucket, reference)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE workspace_key (
      workspace TEXT NOT NULL,
      purpose TEXT NOT NULL CHECK (purpose IN ('index', 'reference')),
      cell INTEGER NOT NULL,
      PRIMARY KEY (workspace, purpose)
    ) STRICT, WITHOUT ROWID;
  `,
  `
    CREATE TABLE webhook_key (
      workspace TEXT NOT NULL,
      webhook TEXT NOT NULL,
      id TEXT NOT NULL,
      cell INTEGER NOT NULL,
      PRIMARY KEY (workspace, webhook, id)
    ) STRICT, WITHOUT ROWID;
  `,
]
