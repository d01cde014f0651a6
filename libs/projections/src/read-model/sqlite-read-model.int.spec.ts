import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { openSqliteReadModel } from './open-sqlite-read-model.ts'
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
