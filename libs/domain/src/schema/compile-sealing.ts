import type { SealedPath } from '../event-type.ts'
import type { FieldNode, ObjectNode } from './field-tree.ts'
import { escapeStep } from './json-pointer.ts'

type Values = Readonly<Record<string, unknown>>

/** What of an event's data is sealed, and under which stored name digests stand. */
export interface Sealing {
  /** The sealed paths of this data, as it is stored. */
  readonly paths: (data: Values) => SealedPath[]
  /** The data with its digests under their stored names: `inputSha256` becomes `inputHmac`. */
  readonly stored: (data: Values) => Values
}

type Seal = (value: unknown, pointer: string, subject: string | null, into: SealedPath[]) => void

/**
 * Compiles, once at load, how an event type is sealed; `undefined` for a type without sealed fields. Every sealed field belongs to
 * the data subject that the event names, if it names one: what people write about a person goes with the person.
 */
export function compileSealing(root: ObjectNode): Sealing | undefined {
  const seal = sealer(root)
  if (seal === undefined) return undefined
  const subjectField = root.members.find(([, member]) => member.kind === 'leaf' && member.mark.dataSubject)?.[0]
  const paths = (data: Values) => {
    const into: SealedPath[] = []
    const subject = subjectField === undefined ? undefined : data[subjectField]
    seal(data, '', typeof subject === 'string' ? subject : null, into)
    return into
  }
  return { paths, stored: storedNames(root) }
}

function sealer(node: FieldNode): Seal | undefined {
  switch (node.kind) {
    case 'leaf':
      if (node.mark.seal === undefined) return undefined
      return node.mark.seal === 'digest' ? seals('digest') : seals('encrypted')
    case 'object':
      return memberSealer(node.members)
    case 'list':
      return listSealer(node.item)
    case 'variants':
      return memberSealer(node.options.flatMap((option) => option.members))
  }
}

function seals(how: SealedPath['how']): Seal {
  return (_value, pointer, subject, into) => {
    into.push({ pointer, how, subject })
  }
}

function listSealer(item: FieldNode): Seal | undefined {
  const each = sealer(item)
  if (each === undefined) return undefined
  return (value, pointer, subject, into) => {
    for (const [i, element] of (value as readonly unknown[]).entries()) each(element, `${pointer}/${i}`, subject, into)
  }
}

function memberSealer(members: ObjectNode['members']): Seal | undefined {
  const steps: { key: string; step: string; seal: Seal }[] = []
  for (const [key, member] of members) {
    const seal = sealer(member)
    if (seal !== undefined && steps.every((known) => known.key !== key))
      steps.push({ key, step: `/${escapeStep(storedName(key, member))}`, seal })
  }
  if (steps.length === 0) return undefined
  return (value, pointer, subject, into) => {
    const object = value as Values
    for (const { key, step, seal } of steps) {
      const member = object[key]
      if (member !== undefined) seal(member, pointer + step, subject, into)
    }
  }
}

/** The name under which a field is stored: its own, but `…Hmac` for a digest that arrives as `…Sha256`. */
export function storedName(key: string, member: FieldNode): string {
  return member.kind === 'leaf' && member.mark.seal === 'digest' ? key.replace(/Sha256$/, 'Hmac') : key
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
