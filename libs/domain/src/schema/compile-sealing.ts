import type { SealedPath } from '../event-type.ts'
import { compileLeaves, storedName } from './compile-leaves.ts'
import type { ObjectNode } from './field-tree.ts'
import type { LeafMark } from './mark.ts'

type Values = Readonly<Record<string, unknown>>

/** What of an event's data is sealed, and under which stored name digests stand. */
export interface Sealing {
  /** The sealed paths of this data, as it is stored. */
  readonly paths: (data: Values) => SealedPath[]
  /** The data with its digests under their stored names: `inputSha256` becomes `inputHmac`. */
  readonly stored: (data: Values) => Values
}

/**
 * Compiles, once at load, how an event type is sealed; `undefined` for a type without sealed fields. Every sealed field belongs to
 * the data subject that the event names, if it names one: what people write about a person goes with the person.
 */
export function compileSealing(root: ObjectNode): Sealing | undefined {
  const sealed = compileLeaves(root, howSealed)
  if (sealed === undefined) return undefined
  const subjectField = root.members.find(([, member]) => member.kind === 'leaf' && member.mark.dataSubject)?.[0]
  const paths = (data: Values) => {
    const into: SealedPath[] = []
    const named = subjectField === undefined ? undefined : data[subjectField]
    const subject = typeof named === 'string' ? named : null
    sealed(data, (how, _value, pointer) => {
      into.push({ pointer, how, subject })
    })
    return into
  }
  return { paths, stored: storedNames(root) }
}

function howSealed({ seal }: LeafMark): SealedPath['how'] | undefined {
  if (seal === undefined) return undefined
  return seal === 'digest' ? 'digest' : 'encrypted'
}

function storedNames(root: ObjectNode): (data: Values) => Values {
  const renamed = new Map<string, string>()
  for (const [key, member] of root.members) {
    const stored = storedName(key, member)
    if (stored !== key) renamed.set(key, stored)
  }
  if (renamed.size === 0) return (data) => data
  return (data) => {
    const copy: Record<string, unknown> = {}
    for (const key in data) copy[renamed.get(key) ?? key] = data[key]
    return copy
  }
}
