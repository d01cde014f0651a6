/** RFC 6901 pointers into an event's data. */
export type EventContent = Readonly<Record<string, unknown>>

/** The reference tokens of a pointer, unescaped. */
export function pointerTokens(pointer: string): string[] {
  if (!pointer.startsWith('/')) throw new Error(`expected a JSON Pointer into data, found ${JSON.stringify(pointer)}`)
  const tokens = pointer.slice(1).split('/')
  return pointer.includes('~') ? tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~')) : tokens
}

/** The pointer to a member of what `parent` points to. */
export function pointerTo(parent: string, token: string): string {
  return `${parent}/${token.includes('~') || token.includes('/') ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token}`
}

/** The value that `pointer` names, or undefined, which JSON has not. */
export function valueAt(content: EventContent, pointer: string): unknown {
  let value: unknown = content
  for (const token of pointerTokens(pointer)) {
    if (!isContainer(value) || !holds(value, token)) return undefined
    value = value[token]
  }
  return value
}

/**
 * The content with other values where the pointers name one. What lies on the way is copied once, all else is shared; `content` stays
 * as it is.
 * @throws when a pointer names nothing.
 */
export function withValuesAt(content: EventContent, values: ReadonlyMap<string, unknown>): EventContent {
  const root: Container = { ...content }
  const copies = new Set<object>([root])
  for (const [pointer, value] of values) {
    const tokens = pointerTokens(pointer)
    const last = tokens.pop() ?? ''
    const parent = copiedParent(root, tokens, copies)
    if (parent === null || !holds(parent, last)) throw new Error(`expected a value at ${pointer}, found none`)
    put(parent, last, value)
  }
  return root
}

/** A list is indexed by its decimal texts, as an object is by its names. */
type Container = Record<string, unknown>

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

function holds(container: Container, token: string): boolean {
  return Object.hasOwn(container, token) && !(token === 'length' && Array.isArray(container))
}

function copiedParent(root: Container, tokens: readonly string[], copies: Set<object>): Container | null {
  let parent = root
  for (const token of tokens) {
    const child = holds(parent, token) ? parent[token] : undefined
    if (!isContainer(child)) return null
    const copy: Container = copies.has(child) ? child : Array.isArray(child) ? Object.assign([], child) : { ...child }
    copies.add(copy)
    put(parent, token, copy)
    parent = copy
  }
  return parent
}

function put(container: Container, token: string, value: unknown): void {
  if (token === '__proto__') Object.defineProperty(container, token, { value, writable: true, enumerable: true, configurable: true })
  else container[token] = value
}
