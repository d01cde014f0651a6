import { utcExact } from '../format/instants.ts'
import { countOf } from '../format/numbers.ts'
import { shortenMiddle } from '../format/shorten.ts'
import { useReading } from '../reading/use-reading.ts'
import { sealQuery } from './seal-documents.ts'

/** The tree head under which what is printed stands, in a few words. */
export function useSealedLine(): string {
  const { reading } = useReading(sealQuery, {})
  const head = reading.status === 'read' ? reading.data.log.head : null
  return head === null
    ? 'no tree head'
    : `tree head ${shortenMiddle(head.root, 12, 8)} over ${countOf(Number(head.size), true, 'event', 'events')}, signed ${utcExact(head.signedAt)}`
}
