import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ledger } from '@annal/ledger'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PinnedHeads } from './build/pinned-head.ts'
import { JobFolder } from './job-folder.ts'
import type { PackJob } from './pack-job.ts'
import { type PackBuilder, PackQueue } from './pack-queue.ts'

describe('the queue of packs', () => {
  let place: string
  let folder: JobFolder

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'annal-queue-'))
    folder = new JobFolder(place)
  })
  afterEach(() => rmSync(place, { recursive: true }))

  function jobOf(): PackJob {
    const exportEvent = randomUUID()
    return {
      pack: `pack-${exportEvent}`,
      exportEvent,
      workspace: 'ws_1',
      workspaceName: 'Default workspace',
      simulatedClock: false,
      scope: { kind: 'workspace' },
      purpose: 'A request',
      recipient: null,
      requester: { kind: 'person', id: 'per_1' },
      requestedAt: '2026-05-04T10:00:00.000Z',
      withNames: false,
    }
  }

  const queueOf = (build: PackBuilder['build'], destructions = () => 0) => {
    const pin = () => Promise.resolve({}) as ReturnType<PackBuilder['pin']>
    return new PackQueue(folder, { pin, build, destructions }, {} as Ledger)
  }

  it('builds a pack again when keys were destroyed meanwhile: it may open what they opened', async () => {
    const contents = ['opens what is erased', 'shows that it is erased']
    let builds = 0
    const queue = queueOf(
      async (job, _heads, { place: { file } }) => {
        expect(existsSync(folder.file(job.pack))).toBe(false)
        writeFileSync(file, contents[builds++] ?? '')
        return { sha256: '', bytes: 0, events: 0, treeSize: 0, people: [] }
      },
      () => Math.min(builds, 1),
    )
    const job = jobOf()
    queue.ask(job)
    await expect.poll(() => existsSync(folder.file(job.pack))).toBe(true)
    expect(readFileSync(folder.file(job.pack), 'utf8')).toBe(contents[1])
    await queue.close()
  })

  it('goes on when it cannot even be kept that a pack failed', async () => {
    const [first, second] = [jobOf(), jobOf()]
    const queue = queueOf((job) => {
      // As where the disk is full: nothing can be written there any more.
      rmSync(join(place, job.pack), { recursive: true })
      writeFileSync(join(place, job.pack), '')
      throw new Error(`no space for ${job.pack}`)
    })
    queue.ask(first)
    queue.ask(second)
    for (const { pack } of [first, second]) await expect.poll(() => queue.find('ws_1', pack)?.problem).toBe(`no space for ${pack}`)
    await queue.close()
  })

  it('leaves nothing of a pack that failed but why', async () => {
    const job = jobOf()
    const queue = queueOf((_job, _heads, { place: { work, file } }) => {
      mkdirSync(join(work, 'lists'))
      writeFileSync(file, 'half a pack')
      throw new Error('no more space')
    })
    queue.ask(job)
    await expect.poll(() => queue.find('ws_1', job.pack)?.problem).toBe('no more space')
    expect(existsSync(join(place, job.pack))).toBe(true)
    expect(readdirSync(join(place, job.pack))).toEqual(['job.json'])
    await queue.close()
  })

  it('makes a pack under new heads where those that an earlier run chose are under a key that signs no more', async () => {
    const job = jobOf()
    const [old, chosen] = ['old', 'new'].map((log) => ({ workspace: { log } }) as unknown as PinnedHeads)
    if (old === undefined || chosen === undefined) throw new Error('expected two choices')
    folder.keep({ job, state: { status: 'pinned', heads: old } })
    const tried: unknown[] = []
    const build: PackBuilder['build'] = (_job, heads) => {
      tried.push(heads)
      throw new Error(tried.length === 1 ? 'no present key has signed it' : 'enough of this test')
    }
    const queue = new PackQueue(folder, { pin: () => Promise.resolve(chosen), build, destructions: () => 0 }, {} as Ledger)
    await expect.poll(() => queue.find('ws_1', job.pack)?.problem).toBe('enough of this test')
    expect(tried).toEqual([old, chosen])
    await queue.close()
  })
})
