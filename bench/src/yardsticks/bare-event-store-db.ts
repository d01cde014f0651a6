import { randomBytes, randomUUID } from 'node:crypto'
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { storedEnvelope } from '../cases/bias-audit.ts'

/**
 * EventStoreDB's own client: single appends of the same envelope, one at a time in each stream. They are what Annal would have stored,
 * because Annal refuses a store that holds anything else.
 */
export function openBareClient(connectionString: string, workspace: string) {
  const client = EventStoreDBClient.connectionString(connectionString)
  const versions = new Map<number, number>()
  return {
    append: (lane: number) => {
      const id = randomUUID()
      const stream = `${workspace}.model-bare-${lane}`
      const streamVersion = versions.get(lane) ?? 0
      versions.set(lane, streamVersion + 1)
      const data = { ...storedEnvelope, id, stream, streamVersion, workspace }
      return client.appendToStream(stream, jsonEvent({ id, type: data.type, data, metadata: { salt: randomBytes(16).toString('hex') } }))
    },
    close: () => client.dispose(),
  }
}
