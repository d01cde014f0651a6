import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { AnnalProcess } from '../kit/annal-process.ts'
import { PersistentSenders, wholeTrail } from './acknowledged-events.ts'
import { HeadKeeper } from './head-keeper.ts'

/** 20 by hand (`ANNAL_TEST_KILLS=20 npx vitest run test/crash/sealer-under-kill.e2e.spec.ts`), fewer in CI. */
const kills = Number(process.env.ANNAL_TEST_KILLS ?? 4)
const command = resolve(import.meta.dirname, '../../apps/api/dist/commands/main.js')

it(`a server that is killed ${kills} times while it seals extends every head that it has shown, and loses nothing`, {
  timeout: 120_000 + kills * 30_000,
}, async () => {
  const annal = await AnnalProcess.start()
  const workspace = await annal.workspace()
  const auditor = await annal.key('auditor')
  const senders = new PersistentSenders({ url: () => annal.url, key: await annal.key('service') }, 4)
  const keeper = new HeadKeeper(() => `${annal.url}/log/v1/${workspace}`)
  try {
    for (let kill = 0; kill < kills; kill++) {
      const before = keeper.newest
      await until(() => keeper.newest > before)
      await pause(Math.random() * 900)
      await annal.kill()
      const shown = keeper.newest
      await annal.restart()
      await until(async () => ((await keeper.look())?.size ?? 0) >= shown)
      await keeper.compare()
      expect(keeper.broken).toEqual([])
    }
    await senders.finish()
    const newest = [...senders.acknowledged.values()].sort().at(-1) ?? ''
    const ids = (await wholeTrail(annal.url, auditor, newest)).map(({ id }) => id)
    expect([...senders.acknowledged.keys()].filter((id) => !ids.includes(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
    const fsck = await sealedFsck(annal.data)
    expect([fsck.status, fsck.stderr]).toEqual([0, expect.not.stringContaining('does not match')])
    expect(fsck.stdout).toMatch(new RegExp(`${workspace}: \\d+ leaves, \\d+ heads, 0 not sealed yet`))
    await keeper.compare()
    expect(keeper.broken).toEqual([])
    expect(keeper.newest).toBeGreaterThanOrEqual(senders.acknowledged.size)
    expect(keeper.heads.size).toBeGreaterThan(kills)
  } finally {
    await keeper.stop()
    await annal.stop()
  }
})

/** Beside the running server, as soon as all that was recorded is under a head. */
async function sealedFsck(data: string) {
  for (let attempt = 1; ; attempt++) {
    const checked = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', command, 'fsck'], {
      env: { PATH: process.env.PATH ?? '', ANNAL_DATA: data },
      encoding: 'utf8',
    })
    if (checked.status !== 0 || !/[1-9]\d* not sealed yet/.test(checked.stdout) || attempt === 20) return checked
    await pause(500)
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 2_000) throw new Error('expected another state of the log within 40 s, found the same')
    await pause(20)
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((settle) => setTimeout(settle, milliseconds))
}
