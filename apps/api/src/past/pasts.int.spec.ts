import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Position } from '@annal/ledger'
import { type Past, pastName } from '@annal/projections/names'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type PastBuilder, type PastOrder, Pasts } from './pasts.ts'

interface Begun {
  readonly order: PastOrder
  readonly progress: (events: number) => void
  readonly signal: AbortSignal
  finish(): void
  fail(error: Error): void
}

/** Builds when it is told to. */
class ToldBuilder implements PastBuilder {
  readonly begun: Begun[] = []
  closed = false

  async build(order: PastOrder, progress: (events: number) => void, signal: AbortSignal): Promise<void> {
    writeFileSync(order.file, 'half')
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => reject(signal.reason))
    const finish = () => {
      writeFileSync(order.file, order.workspace)
      resolve()
    }
    this.begun.push({ order, progress, signal, finish, fail: reject })
    return promise
  }

  async close(): Promise<void> {
    this.closed = true
  }
}

const past = (events: number, workspace = 'ws_a'): Past => ({ workspace, prefix: { events, position: `p${events}` as Position } })

describe('pasts', () => {
  let parent: string
  let builder: ToldBuilder
  let pasts: Pasts
  const closed: (readonly string[] | 'all')[] = []
  const folder = () => join(parent, 'past')
  const files = () => (existsSync(folder()) ? readdirSync(folder()).sort() : [])
  const begun = (count: number) => vi.waitFor(() => expect(builder.begun).toHaveLength(count)).then(() => builder.begun[count - 1] as Begun)

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'annal-pasts-'))
    mkdirSync(folder())
    writeFileSync(join(folder(), 'ws_a.left.db'), 'by a crash')
    closed.length = 0
    builder = new ToldBuilder()
    const closePasts = async (names: readonly string[] | 'all') => {
      closed.push(names)
    }
    pasts = new Pasts(folder(), builder, { closePasts })
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  })
  afterEach(async () => {
    vi.useRealTimers()
    vi.restoreAllMocks()
    await pasts.close()
    expect(builder.closed).toBe(true)
    expect(files()).toEqual([])
    rmSync(parent, { recursive: true })
  })

  async function built(one: Past): Promise<Past> {
    const ready = pasts.ready(one)
    const count = builder.begun.length + 1
    ;(await begun(count)).finish()
    return ready
  }

  it('of an earlier process are gone at the start', () => {
    expect(files()).toEqual([])
  })

  it('are built once for all who ask at once, and kept', async () => {
    const both = Promise.all([pasts.ready(past(3)), pasts.ready(past(3))])
    ;(await begun(1)).finish()
    const [first, second] = await both
    expect(first).toBe(second)
    expect(await pasts.ready(past(3))).toBe(first)
    expect(pasts.holds(first)).toBe(true)
    expect(builder.begun).toHaveLength(1)
    expect(files()).toEqual([pastName(past(3))])
  })

  it('are built one after the other', async () => {
    const all = [pasts.ready(past(1)), pasts.ready(past(2))]
    const first = await begun(1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(builder.begun).toHaveLength(1)
    first.finish()
    ;(await begun(2)).finish()
    await Promise.all(all)
    expect(files()).toEqual([pastName(past(1)), pastName(past(2))])
  })

  it('go on from the nearest earlier one of the same workspace', async () => {
    await built(past(2))
    await built(past(5))
    await built(past(9))
    await built(past(7, 'ws_b'))
    await built(past(8))
    expect(builder.begun.map(({ order }) => order.base?.prefix.events ?? null)).toEqual([null, 2, 5, null, 5])
    expect(builder.begun[4]?.order.base?.file).toBe(join(folder(), pastName(past(5))))
  })

  it('go when eight others were used since, and readers close them', async () => {
    for (let i = 1; i <= 8; i++) await built(past(i))
    const first = await pasts.ready(past(1))
    await built(past(9))
    await vi.waitFor(() => expect(closed).toEqual([[pastName(past(2))]]))
    expect(files()).not.toContain(pastName(past(2)))
    expect(files()).toHaveLength(8)
    expect(pasts.holds(first)).toBe(true)
  })

  it('that take long are told as not ready, with how far they are; the build goes on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const asked = pasts.ready(past(1_000))
    const refused = expect(asked).rejects.toMatchObject({ code: 'PAST_NOT_READY', details: { read: 500, of: 1_000 } })
    await vi.waitFor(() => expect(builder.begun).toHaveLength(1))
    builder.begun[0]?.progress(500)
    await vi.advanceTimersByTimeAsync(4_000)
    await refused
    vi.useRealTimers()
    builder.begun[0]?.finish()
    await vi.waitFor(() => expect(files()).toEqual([pastName(past(1_000))]))
    expect(await pasts.ready(past(1_000))).toEqual(past(1_000))
    expect(builder.begun).toHaveLength(1)
  })

  it('are refused when many are waiting', async () => {
    const asked = Array.from({ length: 16 }, (_, i) => pasts.ready(past(i + 1)))
    await expect(pasts.ready(past(17))).rejects.toMatchObject({ code: 'PAST_NOT_READY', details: { read: 0, of: 17 } })
    for (let i = 1; i <= 16; i++) (await begun(i)).finish()
    await Promise.all(asked)
  })

  it('that can’t be built leave nothing, and the next ask tries again', async () => {
    const asked = pasts.ready(past(3))
    const refused = expect(asked).rejects.toMatchObject({ code: 'PAST_FAILED' })
    ;(await begun(1)).fail(new Error('database or disk is full'))
    await refused
    expect(files()).toEqual([])
    expect(await built(past(3))).toEqual(past(3))
  })

  it('are all gone once they are to be forgotten, and readers have closed them', async () => {
    const first = await built(past(3))
    await pasts.forget()
    expect(files()).toEqual([])
    expect(closed).toEqual(['all'])
    expect(pasts.holds(first)).toBe(false)
    const second = await built(past(3))
    expect(pasts.holds(first)).toBe(false)
    expect(pasts.holds(second)).toBe(true)
  })

  it('that are being built when all are forgotten begin anew, from nothing', async () => {
    await built(past(2))
    const asked = pasts.ready(past(3))
    const first = await begun(2)
    expect(first.order.base).not.toBeNull()
    const forgotten = pasts.forget()
    expect(first.signal.aborted).toBe(true)
    await forgotten
    const second = await begun(3)
    expect(second.order.base).toBeNull()
    second.finish()
    expect(await asked).toEqual(past(3))
    expect(files()).toEqual([pastName(past(3))])
  })

  it('that were finished just when all are forgotten are thrown away too', async () => {
    const asked = pasts.ready(past(3))
    const first = await begun(1)
    first.finish()
    await pasts.forget()
    const again = await begun(2)
    again.finish()
    await asked
    expect(readFileSync(join(folder(), pastName(past(3))), 'utf8')).toBe('ws_a')
  })
})
