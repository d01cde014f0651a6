import { appendFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyPack } from '@annal/proof'
import { afterAll, describe, expect, test } from 'vitest'
import { exampleLog, examplePack } from '../../../libs/proof/vectors/example-pack.ts'
import { FileSource, UnreadablePack } from './file-source.ts'
import { nodeReading } from './node-reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'annal-source-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a pack that changes while it is read', () => {
  const pack = async () => {
    const file = join(folder, 'pack.zip')
    writeFileSync(file, await examplePack(exampleLog(40)))
    return file
  }

  test('and is cut off is no finding: it can not be read', async () => {
    const file = await pack()
    const source = await FileSource.open(file)
    const cutOff = {
      size: source.size,
      read: (at: number, length: number) => {
        // The first member, packed: its headers were read before.
        if (at === 'README.txt'.length + 30) truncateSync(file, 60)
        return source.read(at, length)
      },
    }
    await expect(verifyPack(cutOff, undefined, { reading: nodeReading })).rejects.toThrow(UnreadablePack)
    await expect(verifyPack({ ...cutOff, size: 60 })).resolves.toMatchObject({ outcome: 'fails' })
    await source.close()
  })

  test.each([
    ['grew', (file: string) => appendFileSync(file, 'x')],
    ['was written anew', (file: string) => utimesSync(file, 0, 0)],
  ])('and %s may be parts of two', async (_, change) => {
    const file = await pack()
    const source = await FileSource.open(file)
    await expect(source.requireUnchanged()).resolves.toBeUndefined()
    change(file)
    await expect(source.requireUnchanged()).rejects.toThrow(/^expected the file at ".*pack.zip" to stay as it was, found that it changed/)
    await source.close()
  })
})
