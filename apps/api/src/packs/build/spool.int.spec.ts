import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const WRITE = `
  const { Spool } = await import('./spool.ts')
  const spool = new Spool(process.argv[1])
  try {
    spool.write('x'.repeat(10_000))
    console.log([...spool.content()].length, 'pieces')
  } catch ({ code }) {
    console.log(code)
  }`

describe('a list of a pack', () => {
  let place: string

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'annal-spool-'))
  })
  afterEach(() => rmSync(place, { recursive: true }))

  it.skipIf(process.platform === 'win32')('is not used when the disk took only a part of it', () => {
    // A limit on the size of files cuts a write short as a full disk does.
    const limited = `ulimit -f 8; exec "$0" --disable-warning=ExperimentalWarning --conditions=@annal/source --input-type=module -e "$1" "$2"`
    const { stdout } = spawnSync('sh', ['-c', limited, process.execPath, WRITE, join(place, 'events.csv')], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    })
    expect(stdout.trim()).toBe('EFBIG')
  })
})
