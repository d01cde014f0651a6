import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Position } from '@annal/ledger'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PastOrder } from '../past/pasts.ts'
import { PastThread } from './past-thread.ts'

describe('the thread that builds pasts', () => {
  let folder: string
  let silent: Server
  const order = (): PastOrder => ({
    workspace: 'ws_a',
    prefix: { events: 1, position: '1' as Position },
    file: join(folder, 'past.db'),
    base: null,
  })
  const nobodyStops = new AbortController().signal

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annal-past-thread-'))
    silent = createServer(() => undefined).listen(0)
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    silent.close()
    rmSync(folder, { recursive: true })
  })

  it('fails each build while there is no store, and is started anew for the next', async () => {
    const thread = new PastThread({ kind: 'sqlite', file: join(folder, 'none.db') })
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(thread.build(order(), () => undefined, nobodyStops)).rejects.toThrow('expected an event store at')
    await thread.close()
  })

  it('gives a build up though the store never answers', async () => {
    const { port } = silent.address() as { readonly port: number }
    const thread = new PastThread({ kind: 'esdb', connectionString: `esdb://127.0.0.1:${port}?tls=false` })
    const stop = new AbortController()
    const built = thread.build(order(), () => undefined, stop.signal)
    const refused = expect(built).rejects.toThrow()
    await new Promise((resolve) => setTimeout(resolve, 500))
    stop.abort()
    const begun = performance.now()
    await refused
    expect(performance.now() - begun).toBeLessThan(5_000)
    await thread.close()
  })
})
