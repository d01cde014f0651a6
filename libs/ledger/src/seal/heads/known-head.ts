import { openNote, parseNote, parseTreeHead, type TreeHead, type VerifierKey } from '@annal/proof'
import { verifyEd25519 } from '../keys/ed25519.ts'

/** Where a signed head was found that the log must continue. */
export type HeadSource = 'head_store' | 'publish_folder' | 'witness'

/** A head that this log has signed: the record must extend it. */
export interface KnownHead extends TreeHead {
  readonly foundIn: HeadSource
}

export type ReadHead = { readonly status: 'read'; readonly head: TreeHead } | { readonly status: 'refused'; readonly reason: string }

/** The tree head in a note that one of the keys has signed. */
export async function readSignedHead(note: string, keys: readonly VerifierKey[]): Promise<ReadHead> {
  const parsed = parseNote(Buffer.from(note))
  if (parsed.status === 'refused') return parsed
  const opened = await openNote(parsed.note, keys, verifyEd25519)
  if (opened.status === 'refused') return { status: 'refused', reason: opened.reason }
  const head = parseTreeHead(opened.text)
  return head.status === 'refused' ? head : { status: 'read', head: head.head }
}
