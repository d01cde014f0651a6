import { buildASTSchema, concatAST, lexicographicSortSchema, parse, printSchema } from 'graphql'
import { typeDefs } from '../graphql/type-defs.ts'

/** The whole SDL as it is checked in (`apps/api/schema.graphql`): the part written by hand and the part generated from the events. */
export function printWholeSchema(): string {
  const schema = buildASTSchema(concatAST(typeDefs().map((sdl) => parse(sdl))))
  return `# The whole API, printed by \`npm run generate\`; a test fails when it is stale.\n\n${printSchema(lexicographicSortSchema(schema))}\n`
}

export const schemaFile = new URL('../../schema.graphql', import.meta.url)
