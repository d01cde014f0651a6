import { readdirSync, readFileSync } from 'node:fs'

const schemaFolder = new URL('../../src/schema/', import.meta.url)

/** The API's SDL: one file for each room of it, and the part that is generated from the event schemas. */
export function typeDefs(): string[] {
  const files = readdirSync(schemaFolder).filter((file) => file.endsWith('.graphql'))
  return files.sort().map((file) => readFileSync(new URL(file, schemaFolder), 'utf8'))
}
