/** What JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

export interface JsonObject {
  readonly [member: string]: JsonValue
}

/** Arrays and objects may stand this deep in one another. What nests deeper is refused, so no walk can exhaust the stack. */
export const MAX_DEPTH = 128

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True when `value` is an object with exactly these members. */
export function hasExactly(value: unknown, members: readonly string[]): value is JsonObject {
  return isJsonObject(value) && Object.keys(value).length === members.length && members.every((member) => Object.hasOwn(value, member))
}
