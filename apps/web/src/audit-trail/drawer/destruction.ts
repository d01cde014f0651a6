import { formatEventReference } from '@annal/proof'
import type { Destruction, WholeEvent } from '../trail-documents.ts'

export interface Destroyed {
  readonly how: 'redacted' | 'erased'
  readonly by: Destruction
  /** Null where it can't be read any more. */
  readonly reason: string | null
}

interface Page {
  readonly edges: readonly { readonly node: Destruction }[]
}

interface Recorded {
  readonly redactions: Page
  readonly erasures: Page
}

/** By which event the key of a field was destroyed; null: by none of these. */
export function destroyedBy(
  event: Pick<WholeEvent, 'id' | 'stream'>,
  pointer: string,
  { redactions, erasures }: Recorded,
): Destroyed | null {
  const reference = formatEventReference(event)
  const redaction = redactions.edges
    .map(({ node }) => node)
    .find(({ data }) => member(data, 'event') === reference && member(data, 'path') === pointer)
  const by = redaction ?? erasures.edges[0]?.node
  if (by === undefined) return null
  const reason = member(by.data, 'reason')
  return { how: by === redaction ? 'redacted' : 'erased', by, reason: typeof reason === 'string' ? reason : null }
}

function member(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null ? Reflect.get(object, name) : undefined
}
