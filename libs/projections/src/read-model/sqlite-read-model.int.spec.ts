import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CompiledQuery } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openSqliteReadModel } from './open-sqlite-read-model.ts'
import { openViewsFile } from './open-views-file.ts'
import { describeReadModel } from './read-model.contract.ts'
import { ReadModelUnavailable, type ViewDefinition } from './read-model.ts'

describeReadModel('the SQLite read model', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'annal-read-model-'))
  const file = join(folder, 'views.db')
  return {
    writing: openSqliteReadModel({ file, mode: 'write' }),
    openForReading: () => openSqliteReadModel({ file, mode: 'read' }),
    cleanUp: async () => rmSync(folder, { recursive: true }),
  }
})

const notes: ViewDefinition = {
  name: 'notes',
  tables: [
    { kind: 'rows', name: 'note', columns: { number: 'integer', text: 'text' }, key: ['number'] },
    { kind: 'tokens', name: 'word' },
  ],
}

describe('the files of a SQLite read model', () => {
  it('that have no room are unavailable, and take what comes once there is room again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'annal-read-model-'))
    const model = openSqliteReadModel({ file: join(folder, 'search.db'), mode: 'write' })
    await model.transaction((session) => session.create(notes, 1))
    const allow = (pages: number) =>
      model.transaction(({ registry }) => registry.executeQuery(CompiledQuery.raw(`PRAGMA max_page_count = ${pages}`)))
    const write = () =>
      model.transaction(async (session) => {
        const within = session.tables<{ note: { number: number; text: string } }>(notes, 1)
        await within.insert(
          'note',
          ['number', 'text'],
          Array.from({ length: 500 }, (_, i) => [i, 'a note'.repeat(100)]),
        )
      })
    await allow(10)
    await expect(write()).rejects.toThrow(ReadModelUnavailable)
    await allow(10_000)
    await write()
    await model.close()
    rmSync(folder, { recursive: true })
  })

  it.each([
    ['no database', () => randomBytes(20_000)],
    ['a database with a broken first page', (file: string) => readFileSync(file).fill(0xee, 100, 4_000)],
  ])('that are damaged (%s) are made anew, and it is said', async (_what, damaged) => {
    const folder = mkdtempSync(join(tmpdir(), 'annal-read-model-'))
    const file = join(folder, 'search.db')
    const model = openSqliteReadModel({ file, mode: 'write' })
    await model.transaction((session) => session.create(notes, 1))
    await model.close()
    writeFileSync(file, damaged(file))
    const said: string[] = []
    const anew = openViewsFile({ file, removed: ({ message }) => said.push(message) })
    expect(said).toEqual([expect.stringContaining(`${file} is damaged`)])
    await anew.transaction(async (session) => {
      expect(await session.registry.selectFrom('view').selectAll().execute()).toEqual([])
      await session.create(notes, 1)
    })
    await anew.close()
    rmSync(folder, { recursive: true })
  })

  it('have no trace of what was deleted once it is forgotten', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'annal-read-model-'))
    const model = openSqliteReadModel({ file: join(folder, 'search.db'), mode: 'write' })
    const traces = () => readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes('unspeakable'))
    await model.transaction(async (session) => {
      await session.create(notes, 1)
      const within = session.tables<{ note: { number: number; text: string } }>(notes, 1)
      await within.insert(
        'note',
        ['number', 'text'],
        Array.from({ length: 500 }, (_, i) => [i, `an unspeakable${i} note`]),
      )
      await within.tokens('word').add(Array.from({ length: 500 }, (_, i) => [i, `unspeakable${i} note`]))
    })
    expect(traces()).not.toEqual([])
    await model.transaction(async (session) => {
      const within = session.tables<{ note: { number: number; text: string } }>(notes, 1)
      await within.query.deleteFrom('note').execute()
      await within.tokens('word').remove(Array.from({ length: 500 }, (_, i) => [i, `unspeakable${i} note`]))
    })
    await model.forget()
    expect(traces()).toEqual([])
    await model.close()
    rmSync(folder, { recursive: true })
  })

  it.each([
    ['have no trace of a view that was dropped', notes, 0],
    ['leave the pages of a sealed view as they are until others need them', { ...notes, sealed: true }, 1],
  ])('%s', async (_what, view, files) => {
    const folder = mkdtempSync(join(tmpdir(), 'annal-read-model-'))
    const model = openSqliteReadModel({ file: join(folder, 'search.db'), mode: 'write' })
    const rows = Array.from({ length: 500 }, (_, i) => [i, `an unspeakable${i} note`] as const)
    const fill = async (definition: ViewDefinition, generation: number) =>
      model.transaction(async (session) => {
        await session.create(definition, generation)
        const within = session.tables<{ note: { number: number; text: string } }>(definition, generation)
        await within.insert('note', ['number', 'text'], rows)
        await within.tokens('word').add(rows)
      })
    const traces = () => readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes('unspeakable'))
    await fill(view, 1)
    await model.transaction((session) => session.drop(view, 1))
    await model.forget()
    expect(traces()).toHaveLength(files)
    // Whatever was dropped before, the next one that isn't sealed leaves nothing.
    await fill(notes, 2)
    await model.transaction((session) => session.drop(notes, 2))
    await model.forget()
    expect(traces()).toEqual([])
    await model.close()
    rmSync(folder, { recursive: true })
  })

  it('are made for writing only, and what keeps them from being used can pass', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'annal-read-model-'))
    const file = join(folder, 'views.db')
    expect(() => openSqliteReadModel({ file, mode: 'read' })).toThrow(ReadModelUnavailable)
    const model = openSqliteReadModel({ file, mode: 'write' })
    const other = new DatabaseSync(file)
    other.exec('BEGIN EXCLUSIVE')
    await expect(model.transaction((session) => session.create(notes, 1))).rejects.toThrow(ReadModelUnavailable)
    other.exec('COMMIT')
    await model.transaction((session) => session.create(notes, 1))
    await model.close()
    other.close()
    rmSync(folder, { recursive: true })
  })
})
