import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchCase, BenchRun } from '../bench-case.ts'
import { type BuiltPack, buildPack } from '../load/build-pack.ts'
import { sealedSize } from '../load/sealed-size.ts'
import { alternate } from '../load/statistics.ts'
import { verifiedIn, verifierKeyOf } from '../load/verify-pack.ts'
import { type LargeRecord, openLargeRecord } from '../record/large-record.ts'
import type { Figure } from '../report.ts'
import { readAndParse, readAndZip } from '../yardsticks/bare-pack.ts'

const PATIENCE = 300_000
const MOST_TIMES = 4

/** One pack of a whole workspace with 100,000 events: asked for and made by the server, then verified by the offline verifier. */
export const packAndVerify: BenchCase = {
  figures: ['pack-100k', 'pack-rss', 'verify-100k'],
  async run(run) {
    const record = await openLargeRecord(run.scale.packEvents)
    const folder = mkdtempSync(join(tmpdir(), 'annal-bench-pack-'))
    try {
      return await measure(record, folder, run)
    } finally {
      await record.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function measure({ annal, auditor }: LargeRecord, folder: string, { scale, wants, skip }: BenchRun): Promise<Figure[]> {
  const { cookie, workspace } = await annal.signIn()
  await sealed(annal.url, workspace, scale.packEvents)
  const pack = join(folder, 'pack.zip')
  const bare = join(folder, 'bare.zip')
  const peaks: NonNullable<BuiltPack['peak']>[] = []
  const building = await alternate(
    scale.rounds,
    async () => {
      const built = await buildPack(annal, { auditor, cookie }, pack)
      if (built.peak !== null) peaks.push(built.peak)
      return built.seconds
    },
    () => readAndZip(join(annal.data, 'events.db'), bare),
  )
  const figures: Figure[] = [
    {
      name: 'pack-100k',
      value: building.ours,
      unit: 's',
      yardstick: 'read, canonicalise and zip the same events',
      yardstickValue: building.yardstick,
      bound: { kind: 'ratio at most', value: MOST_TIMES },
      details: [`${scale.packEvents.toLocaleString('en')} events and more, with proofs and report, from the request until it is ready`],
    },
  ]
  if (peaks.length === 0) skip('pack-rss is left out: this system has no /proc')
  else figures.push(memory(peaks))
  return wants('verify-100k') ? [...figures, await verification(pack, scale.rounds)] : figures
}

/** A pack is made in a process of its own, whose memory goes with it. */
function memory(peaks: readonly NonNullable<BuiltPack['peak']>[]): Figure {
  const server = Math.max(...peaks.map((peak) => peak.server))
  return {
    name: 'pack-rss',
    value: Math.max(...peaks.map(({ builder }) => builder)),
    unit: 'MiB',
    bound: { kind: 'at most', value: 450 },
    details: [`the process that makes it; the server beside it held ${Math.round(server)} MiB at most, packs or none`],
  }
}

async function verification(pack: string, rounds: number): Promise<Figure> {
  const key = verifierKeyOf(pack)
  const { ours, yardstick } = await alternate(
    rounds,
    async () => verifiedIn(pack, key),
    () => readAndParse(pack),
  )
  return {
    name: 'verify-100k',
    value: ours,
    unit: 's',
    yardstick: 'inflate, parse and hash the same pack',
    yardstickValue: yardstick,
    bound: { kind: 'ratio at most', value: MOST_TIMES },
  }
}

async function sealed(url: string, workspace: string, events: number): Promise<void> {
  const until = performance.now() + PATIENCE
  while ((await sealedSize(url, workspace)) < events) {
    if (performance.now() > until) throw new Error(`expected ${events} events to be sealed, found ${await sealedSize(url, workspace)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
