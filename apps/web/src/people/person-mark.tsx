import { Status } from '../ui/status.tsx'
import type { Person } from './people-page-documents.ts'

const STATUSES = {
  INVITED: { tone: 'not-yet', word: 'Invited' },
  ACTIVE: { tone: 'met', word: 'Active' },
  DEACTIVATED: { tone: 'none', word: 'Deactivated' },
} as const

export function PersonMark({ status, quiet = false }: { readonly status: Person['status']; readonly quiet?: boolean }) {
  return <Status {...STATUSES[status]} quiet={quiet} />
}
