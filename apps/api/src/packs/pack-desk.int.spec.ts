import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { EventReader, Ledger } from '@annal/ledger'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../identity/caller.ts'
import { JobFolder } from './job-folder.ts'
import { type DeskSurroundings, PackDesk } from './pack-desk.ts'
import { PackQueue } from './pack-queue.ts'

describe('the desk of packs', () => {
  let place: string
  let queue: PackQueue

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'annal-desk-'))
  })
  afterEach(async () => {
    await queue.close()
    rmSync(place, { recursive: true })
  })

  it('makes one pack of an export that is asked for twice at once, while the store is slow', async () => {
    const folder = new JobFolder(place)
    const asked: string[] = []
    const pin = ({ pack }: { pack: string }) => {
      asked.push(pack)
      return Promise.reject(new Error('enough of this test'))
    }
    queue = new PackQueue(folder, { pin, build: () => Promise.reject(new Error('not built')), destructions: () => 0 }, {} as Ledger)
    // Answers that come in one piece are read at one moment.
    const answer = wait(20, [])
    const readStream = () => answer
    const around = { store: { readStream } as unknown as EventReader, folder, queue, directory: { workspace: () => null }, now: () => '' }
    const desk = new PackDesk(around as unknown as DeskSurroundings)
    const caller = { actor: { kind: 'person', id: 'per_1' }, workspace: 'ws_1', roles: ['ADMINISTRATOR'] } as unknown as Caller
    const request = { id: randomUUID(), scope: { kind: 'workspace' }, purpose: 'A request', withNames: false, recipient: null } as const
    const both = await Promise.all([desk.export(caller, request), desk.export(caller, request)])
    expect(both).toMatchObject([{ __typename: 'Pack' }, { __typename: 'Pack' }])
    const stranger = await desk.export({ ...caller, workspace: 'ws_2' }, request)
    expect([stranger, asked]).toMatchObject([{ __typename: 'InvalidInput' }, [`pack-${request.id}`]])
  })
})
