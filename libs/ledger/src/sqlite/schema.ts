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
 * `event_id` finds events by their ids, unique in each stream, up to the position in `event_id_end`. It is written late and in bulk:
 * kept up with every commit it would be most of what a commit writes, because ids fall anywhere in it.
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
      CREATE UNIQUE INDEX event_version ON event (stream_id, version);
      CREATE TABLE event_id (
        stream_id INTEGER NOT NULL,
        id BLOB NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (stream_id, id)
      ) WITHOUT ROWID, STRICT;
      CREATE TABLE event_id_end (position INTEGER NOT NULL) STRICT;
      INSERT INTO event_id_end VALUES (0);
    `,
  },
]
