/** One step of the schema. `to` is what `user_version` says after it; steps are never changed once released, only added. */
export interface Migration {
  readonly to: number
  readonly sql: string
}

/** "Annl": tells an event file of Annal from any other SQLite file. */
export const APPLICATION_ID = 0x416e6e6c

/**
 * `position` is the row id: one writer gives it without gaps in the order of commits, and no reader ever sees a row before an earlier
 * one. `bytes` are the RFC 8785 event bytes; nothing in a row is ever changed. A stream may have no events (its first append failed).
 *
 * `event_version` and `event_id` find the events of a stream, up to the position in `indexed`. They are written late and in bulk: kept up
 * with every commit they would be most of what a commit writes, a page for almost every event, where the events themselves lie together.
 * Their primary keys also hold that a stream has no version and no id twice.
 */
export const migrations: readonly Migration[] = [
  {
    to: 1,
    sql: `
      CREATE TABLE stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE event (
        position INTEGER PRIMARY KEY,
        stream_id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        id BLOB NOT NULL,
        type TEXT NOT NULL,
        salt BLOB NOT NULL,
        bytes BLOB NOT NULL
      ) STRICT;
      CREATE TABLE event_version (
        stream_id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (stream_id, version)
      ) WITHOUT ROWID, STRICT;
      CREATE TABLE event_id (
        stream_id INTEGER NOT NULL,
        id BLOB NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (stream_id, id)
      ) WITHOUT ROWID, STRICT;
      CREATE TABLE indexed (position INTEGER NOT NULL) STRICT;
      INSERT INTO indexed VALUES (0);
    `,
  },
]
