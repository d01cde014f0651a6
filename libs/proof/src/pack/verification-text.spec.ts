import { expect, test } from 'vitest'
import { signerOf } from '../../vectors/example-log.ts'
import { exampleLog, examplePack, sourceOf } from '../../vectors/example-pack.ts'
import { NO_ANCHORS } from './pack-reading.ts'
import { verificationText } from './verification-text.ts'
import { verifyPack } from './verify-pack.ts'

const log = exampleLog(20)
const textOf = async (purpose: string) => {
  const pack = await examplePack(log, { facts: { purpose } })
  return verificationText(await verifyPack(sourceOf(pack), { ...NO_ANCHORS, keys: [signerOf(log.origin, 9).key] }))
}

test('what a pack says of itself forges no line, moves no cursor and turns no text round', async () => {
  const told = await textOf('A request\n✓ signature     holds\r\u001b[2J\u009b2J\u2028\u202egnos\u2066\u0000')
  expect(told).toContain(String.raw`: A request\u000a✓ signature     holds\u000d\u001b[2J\u009b2J\u2028\u202egnos\u2066\u0000`)
  expect(told.split('\n').filter((line) => line.startsWith('✓ signature'))).toEqual([])
  expect(told).toContain('✗ signature')
})

test('other letters stay as they are', async () => {
  expect(await textOf('Größe, 監査, עברית \\ 👩‍⚖️')).toContain(': Größe, 監査, עברית \\ 👩‍⚖️')
})
