import { readFileSync } from 'node:fs'

const schemaFolder = new URL('../../src/schema/', import.meta.url)

/** The API's own SDL and the part that is generated from the event schemas. */
export function typeDefs(): string[] {
  return ['annal.graphql', 'events.gen.graphql'].map((file) => readFileSync(new URL(file, schemaFolder), 'utf8'))
}
