import { NotJson } from './canonical-json.ts'
import { MAX_DEPTH } from './json-value.ts'

/**
 * `canonicalize` of a value that will stand `depth` levels deep in a text (what is written must not nest deeper than what is read), several
 * times faster and with a fraction of the garbage, for the bytes of events: one pass checks and writes. That both write and refuse the same is tested (`canonical-text.spec.ts`).
 * @throws NotJson as `canonicalize` does.
 */
export function canonicalText(depth: number, value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
      if (!Number.isFinite(value)) throw new NotJson(`expected a finite number, found ${value}`)
      return String(value) // Also of -0, which is written 0.
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      return value === null ? 'null' : containerText(depth, value)
    case 'undefined':
    case 'function':
    case 'symbol':
    case 'bigint':
      throw new NotJson(`expected a JSON value, found ${typeof value}`)
  }
}

function containerText(depth: number, value: object): string {
  if (depth === MAX_DEPTH) throw new NotJson(`expected at most ${MAX_DEPTH} levels, found more (or a cycle)`)
  if (Array.isArray(value)) return arrayText(depth, value)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new NotJson('expected a plain object, found an instance of a class')
  return objectText(depth, value)
}

function arrayText(depth: number, elements: readonly unknown[]): string {
  let text = '['
  for (let i = 0; i < elements.length; i++) text += (i === 0 ? '' : ',') + canonicalText(depth + 1, elements[i])
  return `${text}]`
}

function objectText(depth: number, object: object): string {
  let text = '{'
  for (const name of sorted(Object.keys(object))) {
    text += `${text.length === 1 ? '' : ','}${quoted(name)}:${canonicalText(depth + 1, Reflect.get(object, name))}`
  }
  return `${text}}`
}

/** More names than this are left to the engine, whose sort allocates kilobytes for each object however small. */
const FEW = 24

/** By UTF-16 code unit, as comparing strings does. In place. */
function sorted(names: string[]): string[] {
  if (names.length > FEW) return names.sort()
  for (let i = 1; i < names.length; i++) {
    const name = names[i] ?? ''
    let at = i
    for (let before = names[at - 1] ?? ''; at > 0 && before > name; before = names[at - 1] ?? '') names[at--] = before
    names[at] = name
  }
  return names
}

/** ASCII without quote, backslash and control characters: JSON writes it as it is. */
const NEEDS_NO_ESCAPE = /^[ !#-[\]-~]*$/

function quoted(text: string): string {
  if (NEEDS_NO_ESCAPE.test(text)) return `"${text}"`
  if (!text.isWellFormed()) throw new NotJson('expected well-formed Unicode, found a lone surrogate')
  return JSON.stringify(text)
}
