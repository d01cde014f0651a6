type CursorKey = readonly [value: string | number | null, id: string]

/** Null for anything that wasn't given out as a cursor. */
export function readCursor(cursor: string): CursorKey | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(key) || key.length !== 2) return null
    const [value, id] = key
    return (typeof value === 'string' || typeof value === 'number') && typeof id === 'string' ? [value, id] : null
  } catch {
    return null
  }
}

export function cursorOf(value: string | number | null, id: string): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url')
}
