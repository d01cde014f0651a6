import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { JAVASCRIPT_PACK_READING, outcomeOf, PackContents, type PackVerification } from '@annal/proof'
import { reportVerdict } from './report-verdict.ts'

const reading = { ...JAVASCRIPT_PACK_READING, runningSha256: () => createHash('sha256') }

/** The verification of the pack in that file, with the verdict on its report by recomputing. What failed before stays as it is. */
export async function recomputePack(path: string, verification: PackVerification): Promise<PackVerification> {
  const { verdicts } = verification
  const failed = [verdicts.integrity, verdicts.signature, verdicts.report].some(({ verdict }) => verdict === 'fails')
  if (failed || verification.facts === null) return verification
  await using file = await open(path, 'r')
  const { size } = await file.stat()
  const read = async (at: number, length: number) => {
    const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, at)
    if (bytesRead < length) throw new Error(`expected ${length} bytes at ${at} of ${path}, found ${bytesRead}`)
    return buffer
  }
  const report = await reportVerdict(await PackContents.open({ size, read }, reading))
  const recomputed = { ...verdicts, report }
  return { ...verification, verdicts: recomputed, outcome: outcomeOf(recomputed) }
}
