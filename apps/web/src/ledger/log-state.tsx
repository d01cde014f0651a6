import { sealStateOf } from '../frame/seal-state.ts'
import { Status, type StatusTone } from '../ui/status.tsx'
import type { LogOfLedger } from './ledger-documents.ts'

const TONES: Readonly<Record<ReturnType<typeof sealStateOf>['mark'], StatusTone>> = {
  unknown: 'none',
  late: 'stale',
  unwitnessed: 'stale',
  failed: 'missing',
  sealed: 'met',
}

/** The same words as the seal in the header. */
export function LogMark({ log }: { readonly log: LogOfLedger }) {
  const { mark, word, why } = sealStateOf(log)
  return <Status tone={TONES[mark]} word={word} tip={why} />
}
