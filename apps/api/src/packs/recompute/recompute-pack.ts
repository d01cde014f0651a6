import { outcomeOf, type PackVerification } from '@annal/proof'
import { readPackFile } from '../read-pack-file.ts'
import { reportVerdict } from './report-verdict.ts'

/** The verification of the pack in that file, with the verdict on its report by recomputing. What failed before stays as it is. */
export async function recomputePack(path: string, verification: PackVerification): Promise<PackVerification> {
  const { verdicts } = verification
  const failed = [verdicts.integrity, verdicts.signature, verdicts.report].some(({ verdict }) => verdict === 'fails')
  if (failed || verification.facts === null) return verification
  const report = await readPackFile(path, reportVerdict)
  const recomputed = { ...verdicts, report }
  return { ...verification, verdicts: recomputed, outcome: outcomeOf(recomputed) }
}
