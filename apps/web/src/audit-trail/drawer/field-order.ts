import type { Client } from '@urql/core'
import { ask } from '../../graphql/client.ts'
import { typeExamples } from '../trail-documents.ts'

/** The names of a type's fields in the order of its example: the bytes hold them in the order of the alphabet, which nobody reads in. */
export type FieldOrder = (type: string) => readonly string[]

const orders = new WeakMap<Client, Promise<FieldOrder>>()

/** Asked once for each session. Without an answer fields stand as they are stored. */
export function fieldOrder(client: Client): Promise<FieldOrder> {
  const known = orders.get(client) ?? askOrder(client)
  orders.set(client, known)
  return known
}

async function askOrder(client: Client): Promise<FieldOrder> {
  const answer = await ask(client, typeExamples, {})
  if (answer.status === 'failed') {
    orders.delete(client)
    return () => []
  }
  const names = new Map<string, readonly string[]>(answer.data.eventTypes.map(({ name, example }) => [name, Object.keys(Object(example))]))
  return (type) => names.get(type) ?? []
}
