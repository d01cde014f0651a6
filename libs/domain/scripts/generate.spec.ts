// biome-ignore-all lint/style/noRestrictedImports: this test reads the generated files
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isAppendable } from '../src/appendable.ts'
import { memberName } from '../src/event-of-input.ts'
import { eventTypes } from '../src/event-types.ts'
import { generatedFiles, goldenFolder, goldenSums, keptGoldenSums, repository, schemaFolder } from './generate.ts'
import { type Golden, goldenFile, recordedNow } from './golden.ts'

const generated = generatedFiles()
const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const goldens = readdirSync(goldenFolder).filter((file) => file.endsWith('.json'))

describe('generated files', () => {
  test.each([...generated])('%s is what `npm run generate` writes', (path, content) => {
    expect(read(path) === content, `${path} is stale: run npm run generate`).toBe(true)
  })

  test('there is no JSON Schema of a type that is gone', () => {
    expect(
      readdirSync(join(repository, schemaFolder))
        .map((file) => `${schemaFolder}/${file}`)
        .filter((path) => !generated.has(path)),
    ).toEqual([])
  })
})

describe('the GraphQL schema', () => {
  const { buildSchema, isInputObjectType } = createRequire(join(repository, 'apps/api/package.json'))('graphql')
  const schema = buildSchema(read('apps/api/src/schema/annal.graphql') + generated.get('apps/api/src/schema/events.gen.graphql'))

  test('is one with the API’s own, and every input has a description for every field', () => {
    const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType) as {
      name: string
      getFields(): Record<string, { description?: string }>
    }[]
    expect(inputs.length).toBeGreaterThan(eventTypes.filter(isAppendable).length)
    for (const type of eventTypes.filter(isAppendable)) {
      const input = inputs.find(({ name }) => name === `${type.name}Input`)
      expect(Object.values(input?.getFields() ?? {}).every(({ description }) => description !== undefined && description !== '')).toBe(true)
    }
  })

  test('offers what append takes, and nothing else', () => {
    const members = Object.keys(schema.getType('EventInput').getFields())
    expect(members).toEqual(eventTypes.filter(isAppendable).map(({ name }) => memberName(name)))
    expect(schema.getType('EventInput').isOneOf).toBe(true)
    expect(
      schema
        .getType('EventTypeName')
        .getValues()
        .map(({ name }: { name: string }) => name),
    ).toEqual(eventTypes.map(({ name }) => name))
  })
})

describe('golden payloads', () => {
  test('there is one for every version of every type', () => {
    const expected = eventTypes.map(({ name, version }) => goldenFile({ type: name, version }))
    expect(expected.filter((file) => !goldens.includes(file))).toEqual([])
  })

  test.each(goldens)('%s is recorded today as it was then', (file) => {
    const golden = JSON.parse(readFileSync(join(goldenFolder, file), 'utf8')) as Golden
    expect(recordedNow(golden)).toEqual(golden)
  })

  test('none was ever changed: their sums stand', () => {
    expect(goldenSums()).toBe(keptGoldenSums())
  })
})
