import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { purgeText } from './purge-text.ts'
import { ArrayRecord, aStory, opener, smallTextIndex, stories, TrailFolder } from './trail-fixtures.contract.ts'

async function inFolder(work: (folder: TrailFolder) => Promise<void>): Promise<void> {
  const folder = new TrailFolder()
  try {
    await work(folder)
  } finally {
    await folder.close()
  }
}

const idsFound = async ({ trail }: TrailFolder, workspace: string, text: string) => {
  const page = await trail.page({ workspace, filter: { text }, order: 'oldest-first', after: null, limit: 1000 })
  return page.events.map(({ id }) => id)
}

describe('a purge', () => {
  it('leaves no trace of the words, and all other words of the event', () =>
    inFolder(async (folder) => {
      const told = Array.from({ length: 80 }, (_, i) => ({
        ...aStory,
        sealed: true,
        note: i === 5 || i === 75 ? `unspeakable${i} shared` : 'shared',
      }))
      const record = new ArrayRecord(told)
      await folder.catchUp(record)
      const traces = () =>
        readdirSync(folder.folder).filter((name) => /^search/.test(name) && readFileSync(join(folder.folder, name)).includes('unspeakable'))
      expect(traces()).not.toEqual([])
      const purged = [record.events[5]!, record.events[75]!]
      const open = opener(new Set(purged.map(({ id }) => id)))
      expect(await purgeText({ views: folder.views, search: folder.search, open, index: smallTextIndex }, purged)).toEqual([])
      expect(await idsFound(folder, 'ws_a', 'unspeakable*')).toEqual([])
      expect(await idsFound(folder, 'ws_a', 'shared')).toHaveLength(78)
      for (const { id } of purged) expect(await idsFound(folder, 'ws_a', `${id} changed`)).toEqual([id])
      expect(traces()).toEqual([])
      record.add(Array.from({ length: 40 }, () => aStory))
      await folder.catchUp(record)
      expect(await idsFound(folder, 'ws_a', 'unspeakable*')).toEqual([])
      expect(traces()).toEqual([])
    }))

  it('says which events the view has not come to', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord([{ ...aStory, sealed: true, note: 'unspeakable' }])
      await folder.catchUp(record)
      record.add([{ ...aStory, sealed: true, note: 'unspeakable' }])
      const open = opener(new Set(record.events.map(({ id }) => id)))
      expect(await purgeText({ views: folder.views, search: folder.search, open, index: smallTextIndex }, record.events)).toEqual([
        record.events[1],
      ])
      await folder.catchUp(record, [], open)
      expect(await purgeText({ views: folder.views, search: folder.search, open, index: smallTextIndex }, record.events)).toEqual([])
      expect(await idsFound(folder, 'ws_a', 'unspeakable')).toEqual([])
    }))

  it('gives the view that a rebuild without those keys gives', async () => {
    await fc.assert(
      fc.asyncProperty(stories, fc.array(fc.nat(259), { minLength: 1, maxLength: 8 }), (told, picks) =>
        inFolder((folder) =>
          inFolder(async (rebuilt) => {
            const record = new ArrayRecord(told)
            await folder.catchUp(record)
            const erased = picks.flatMap((pick) => record.events[pick] ?? [])
            const open = opener(new Set(erased.map(({ id }) => id)))
            await purgeText({ views: folder.views, search: folder.search, open, index: smallTextIndex }, erased)
            await purgeText({ views: folder.views, search: folder.search, open, index: smallTextIndex }, erased)
            await rebuilt.catchUp(record, [], open)
            for (const text of ['credit', 'cred*', 'c*', 'straße', '日*', 'x1', 'x1*', 'note', 'clock', 's*', '1*']) {
              expect(await idsFound(folder, 'ws_a', text)).toEqual(await idsFound(rebuilt, 'ws_a', text))
            }
          }),
        ),
      ),
      { numRuns: 15, interruptAfterTimeLimit: 4000 },
    )
  })
})
