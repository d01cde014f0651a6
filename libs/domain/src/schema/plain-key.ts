/** A key that survives every JSON reader and every object: well-formed, and not the one that would set a prototype. */
export function isPlainKey(key: string): boolean {
  return key !== '__proto__' && key.isWellFormed()
}
