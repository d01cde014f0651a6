import jcs from 'canonicalize'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { MAX_DEPTH } from './json-value.ts'

/** What was to be written canonically has no JSON form. Values out of `parseJson` never throw it. */
export class NotJson extends Error {
  override readonly name = 'NotJson'
}

/**
 * The RFC 8785 text (JCS) of a value: members sorted by UTF-16 code unit, no white space, numbers as ECMAScript prints them.
 * Nothing is dropped, converted or replaced on the way.
 * @throws NotJson for undefined, holes, functions, symbols, bigints, non-finite numbers, lone surrogates (also in member names),
 * instances of classes (a Date, a Map, a Uint8Array), and what nests deeper than 128 or in itself.
 */
export function canonicalize(value: unknown): string {
  requireJson(value, 0)
  const text = jcs(value)
  if (text === undefined) throw new NotJson('expected a JSON value, found one without a JSON form')
  return text
}

/** UTF-8 of `canonicalize(value)`. */
export function canonicalBytes(value: unknown): Uint8Array {
  return encodeUtf8(canonicalize(value))
}

function requireJson(value: unknown, depth: number): void {
  switch (typeof value) {
    case 'string':
      requireWellFormed(value)
      return
    case 'boolean':
      return
    case 'number':
      if (!Number.isFinite(value)) throw new NotJson(`expected a finite number, found ${value}`)
      return
    case 'object':
      if (value !== null) requireContainer(value, depth)
      return
    case 'undefined':
    case 'function':
    case 'symbol':
    case 'bigint':
      throw new NotJson(`expected a JSON value, found ${typeof value}`)
  }
}

function requireContainer(value: object, depth: number): void {
  if (depth === MAX_DEPTH) throw new NotJson(`expected at most ${MAX_DEPTH} levels, found more (or a cycle)`)
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) requireJson(value[i], depth + 1)
    return
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new NotJson('expected a plain object, found an instance of a class')
  for (const member of Object.keys(value)) {
    requireWellFormed(member)
    requireJson(Reflect.get(value, member), depth + 1)
  }
}

function requireWellFormed(text: string): void {
  if (!text.isWellFormed()) throw new NotJson('expected well-formed Unicode, found a lone surrogate')
}
