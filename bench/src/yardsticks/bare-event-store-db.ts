import { randomBytes, randomUUID } from 'node:crypto'
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { storedEnvelope } from '../cases/bias-audit.ts'

/** EventStoreDB's own client: single appends of the same envelope, each to a stream of its lane. */
export function openBareClient(connectionString: string) {
  const client = EventStoreDBClient.connectionString(connectionString)
  return {
    append: (stream: string) =>
      client.appendToStream(
        stream,
        jsonEvent({
          id: randomUUID(),
          type: storedEnvelope.type,
          data: storedEnvelope,
          metadata: { salt: randomBytes(16).toString('hex') },
        }),
      ),
    close: () => client.dispose(),
  }
}
