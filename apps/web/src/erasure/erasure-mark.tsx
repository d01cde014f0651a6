import { Status } from '../ui/status.tsx'
import type { Subject } from './erasure-documents.ts'

const STATUSES = {
  NONE: { tone: 'none', word: 'Nothing asked' },
  REQUESTED: { tone: 'stale', word: 'Requested' },
  REFUSED: { tone: 'waived', word: 'Refused' },
  ERASED: { tone: 'met', word: 'Erased' },
} as const

export function ErasureMark({ status, quiet = false }: { readonly status: Subject['status']; readonly quiet?: boolean }) {
  return <Status {...STATUSES[status]} quiet={quiet} />
}
