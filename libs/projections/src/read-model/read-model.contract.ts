import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Cell, ReadModel, Session, ViewDefinition, ViewTables } from './read-model.ts'

interface BookTables {
  readonly book: { number: number; title: string; pages: number | null; cover: Uint8Array | null }
  readonly shelf: { room: string; place: number; note: string }
}

const books: ViewDefinition = {
  name: 'books',
  tables: [
    { kind: 'rows', name: 'book', columns: { number: 'integer', title: 'text', pages: 'integer', cover: 'bytes' }, key: ['number'] },
    { kind: 'rows', name: 'shelf', columns: { room: 'text', place: 'integer', note: 'text' }, key: ['room', 'place'] },
    { kind: 'tokens', name: 'word' },
  ],
}

/** A read model to be held to the contract. */
export interface ReadModelUnderTest {
  readonly writing: ReadModel
  /** The same one for another reader; called after something was written. */
  readonly openForReading: () => ReadModel
  readonly cleanUp: () => Promise<void>
}

/** What every read model must do. `open` gives a fresh one for each test. */
export function describeReadModel(name: string, open: () => Promise<ReadModelUnderTest>): void {
  describe(`${name} keeps the contract of a read model`, () => {
    let subject: ReadModelUnderTest
    let model: ReadModel

    beforeEach(async () => {
      subject = await open()
      model = subject.writing
      await model.transaction((session) => session.create(books, 1))
    })

    afterEach(async () => {
      await model.close()
      await subject.cleanUp()
    })

    const tables = (session: Session, generation = 1): ViewTables<BookTables> => session.tables<BookTables>(books, generation)
    const titles = (from: ReadModel, generation = 1) =>
      from.transaction(async (session) => {
        const rows = await tables(session, generation).query.selectFrom('book').select('title').orderBy('number').execute()
        return rows.map(({ title }) => title)
      })
    const add = (number: number, title: string, generation = 1) =>
      model.transaction((session) => tables(session, generation).insert('book', ['number', 'title'], [[number, title]]))

    it('merges an upserted row into the one that stands there, column by column', async () => {
      const upsert = (...rows: Cell[][]) =>
        model.transaction((session) =>
          tables(session).upsert('book', ['number', 'title', 'pages'], rows, { number: 'greatest', pages: 'sum' }),
        )
      await upsert([1, 'first', 10], [2, 'other', 1])
      await upsert([1, 'second', 5])
      const rows = await model.transaction((session) => tables(session).query.selectFrom('book').select(['title', 'pages']).execute())
      expect(rows).toEqual([
        { title: 'second', pages: 15 },
        { title: 'other', pages: 1 },
      ])
    })

    it('looks up and removes rows by the values of columns', async () => {
      await model.transaction(async (session) => {
        const own = tables(session)
        await own.insert(
          'shelf',
          ['room', 'place', 'note'],
          [
            ['a', 1, 'x'],
            ['a', 2, 'y'],
            ['b', 1, 'x'],
          ],
        )
        expect(await own.lookUp('shelf', ['note'], { room: 'a' }, { by: ['place'], limit: 1 })).toEqual([{ note: 'y' }])
        expect(await own.lookUp('shelf', ['place'], { room: 'a', note: 'x' })).toEqual([{ place: 1 }])
        expect(await own.lookUp('shelf', ['place'], { room: "a' OR 1" })).toEqual([])
        await own.remove('shelf', { room: 'a', place: 1 })
        expect(await own.lookUp('shelf', ['room'], { place: 1 })).toEqual([{ room: 'b' }])
      })
    })

    it('gives cells back as they went in', async () => {
      const cover = Uint8Array.of(0, 255, 1)
      const rows = [
        [Number.MAX_SAFE_INTEGER - 1, 'Über 日本 𝒳 "quoted"', null, cover],
        [0, '', -5, new Uint8Array()],
      ]
      await model.transaction((session) => tables(session).insert('book', ['number', 'title', 'pages', 'cover'], rows))
      const back = await model.transaction((session) =>
        tables(session).query.selectFrom('book').selectAll().orderBy('number', 'desc').execute(),
      )
      expect(back.map(({ number, title, pages, cover }) => [number, title, pages, cover])).toEqual(rows)
      expect(back[0]?.cover).toBeInstanceOf(Uint8Array)
    })

    it('writes all of a transaction or nothing', async () => {
      const work = model.transaction(async (session) => {
        await tables(session).insert('book', ['number', 'title'], [[1, 'kept?']])
        await tables(session).query.insertInto('shelf').values({ room: 'a', place: 1, note: '' }).execute()
        throw new Error('changed my mind')
      })
      await expect(work).rejects.toThrow('changed my mind')
      expect(await titles(model)).toEqual([])
      await add(2, 'after')
      expect(await titles(model)).toEqual(['after'])
    })

    it('refuses a second row of the same key, and the transaction with it', async () => {
      await add(1, 'first')
      const twice = [
        [2, 'second'],
        [1, 'again'],
      ]
      await expect(model.transaction((session) => tables(session).insert('book', ['number', 'title'], twice))).rejects.toThrow()
      expect(await titles(model)).toEqual(['first'])
    })

    it('lets transactions wait for each other', async () => {
      await Promise.all(
        Array.from({ length: 20 }, () =>
          model.transaction(async (session) => {
            const before = await tables(session).query.selectFrom('book').select('number').execute()
            await new Promise((resolve) => setImmediate(resolve))
            await tables(session).insert('book', ['number', 'title'], [[before.length, 'next']])
          }),
        ),
      )
      expect(await titles(model)).toHaveLength(20)
    })

    it('shows a reader one state for the whole of a transaction, and the next state after it', async () => {
      await add(1, 'one')
      const reader = subject.openForReading()
      await reader.transaction(async (session) => {
        const read = () => tables(session).query.selectFrom('book').select('title').execute()
        expect(await read()).toHaveLength(1)
        await add(2, 'two')
        expect(await read()).toHaveLength(1)
      })
      expect(await titles(reader)).toEqual(['one', 'two'])
      await reader.close()
    })

    it('keeps generations apart, and drops one without the other', async () => {
      await add(1, 'old')
      await model.transaction((session) => session.create(books, 2))
      await add(1, 'new', 2)
      expect([await titles(model, 1), await titles(model, 2)]).toEqual([['old'], ['new']])
      await model.transaction((session) => session.drop(books, 1))
      await expect(titles(model, 1)).rejects.toThrow()
      expect(await titles(model, 2)).toEqual(['new'])
    })

    it('orders text by code point', async () => {
      const rows = ['b', 'B', 'é', 'a', 'z', '*a', '\u{10ffff}', '\uffee'].map((room, place) => [room, place, ''])
      await model.transaction((session) => tables(session).insert('shelf', ['room', 'place', 'note'], rows))
      const back = await model.transaction((session) => tables(session).query.selectFrom('shelf').select('room').orderBy('room').execute())
      expect(back.map(({ room }) => room)).toEqual(['*a', 'B', 'a', 'b', 'z', 'é', '\uffee', '\u{10ffff}'])
    })

    it('finds text that has a part in it, to the letter', async () => {
      const rows = ['100% sure', '100 sure', 'a_b', 'axb', 'A_B', "it's"].map((note, place) => ['r', place, note])
      const having = (part: string) =>
        model.transaction(async (session) => {
          const within = tables(session)
          const found = await within.query
            .selectFrom('shelf')
            .select('note')
            .where(within.contains('note', part))
            .orderBy('place')
            .execute()
          return found.map(({ note }) => note)
        })
      await model.transaction((session) => tables(session).insert('shelf', ['room', 'place', 'note'], rows))
      expect(await having('0%')).toEqual(['100% sure'])
      expect(await having('a_b')).toEqual(['a_b'])
      expect(await having("'")).toEqual(["it's"])
    })

    describe('tokens', () => {
      const change = (work: (words: ReturnType<ViewTables<BookTables>['tokens']>) => Promise<void>) =>
        model.transaction((session) => work(tables(session).tokens('word')))
      const find = (anyOf: string[], match: 'whole' | 'prefix' = 'whole', from = 0, to = Number.MAX_SAFE_INTEGER) =>
        model.transaction((session) => tables(session).tokens('word').find({ match, anyOf, from, to }))

      it('are found whole, by their beginning, and within bounds', async () => {
        await change((words) =>
          words.add([
            [2 ** 40, 'x·credit x·日本語'],
            [7, 'x·credits a:b-c.d~e@f_g'],
            [9, 'y·credit'],
          ]),
        )
        expect(await find(['x·credit'])).toEqual([2 ** 40])
        expect(await find(['x·credit', 'y·credit'])).toEqual([9, 2 ** 40])
        expect(await find(['x·credit'], 'prefix')).toEqual([7, 2 ** 40])
        expect(await find(['x·日本'], 'prefix')).toEqual([2 ** 40])
        expect(await find(['x·日本'])).toEqual([])
        expect(await find(['a:b-c.d~e@f_g'])).toEqual([7])
        expect(await find(['a:b'])).toEqual([])
        expect(await find(['x·credit'], 'prefix', 8)).toEqual([2 ** 40])
        expect(await find(['x·credit'], 'prefix', 0, 7)).toEqual([7])
      })

      it('that are none are nowhere', async () => {
        await change((words) => words.add([[1, 'a']]))
        await fc.assert(
          fc.asyncProperty(fc.string({ unit: 'binary' }), fc.constantFrom('whole' as const, 'prefix' as const), async (text, match) => {
            if (!/^a$/i.test(text)) expect(await find([text], match)).toEqual([])
          }),
          { numRuns: 200, interruptAfterTimeLimit: 2000 },
        )
        expect(await find([])).toEqual([])
      })

      it('can be asked for by number', async () => {
        await change((words) =>
          words.add([
            [1, 'x·b x·a y·c'],
            [2, 'x·a'],
            [3, 'x·d'],
          ]),
        )
        const asked = await model.transaction((session) => tables(session).tokens('word').tokensOf([1, 3, 4], 'x·'))
        expect(asked.map(({ number, token }) => `${number} ${token}`).sort()).toEqual(['1 x·a', '1 x·b', '3 x·d'])
      })

      it('can be walked along, sorted by token', async () => {
        await change((words) =>
          words.add([
            [2, 'x·b é a'],
            [1, 'x·b Z'],
            [3, 'a'],
          ]),
        )
        const all: string[] = []
        await model.transaction(async (session) => {
          for await (const { token, number } of tables(session).tokens('word').all()) all.push(`${token} ${number}`)
        })
        expect(all).toEqual(['a 2', 'a 3', 'x·b 1', 'x·b 2', 'z 1', 'é 2'])
      })

      it('are gone when they were removed, the others are not', async () => {
        await change((words) =>
          words.add([
            [1, 'shared secret'],
            [2, 'shared'],
          ]),
        )
        await change((words) => words.remove([[1, 'shared secret']]))
        expect([await find(['secret']), await find(['shared']), await find(['s'], 'prefix')]).toEqual([[], [2], [2]])
        await change((words) => words.add([[1, 'shared']]))
        expect(await find(['shared'])).toEqual([1, 2])
      })

      it('come back with the transaction that took them', async () => {
        await change((words) => words.add([[1, 'kept']]))
        const undone = change(async (words) => {
          await words.remove([[1, 'kept']])
          await words.add([[2, 'other']])
          throw new Error('undo')
        })
        await expect(undone).rejects.toThrow('undo')
        expect([await find(['kept']), await find(['other'])]).toEqual([[1], []])
      })
    })
  })
}
