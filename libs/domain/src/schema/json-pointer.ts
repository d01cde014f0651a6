/** RFC 6901. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  let pointer = ''
  for (const step of path) pointer += `/${escapeStep(String(step))}`
  return pointer
}

export function escapeStep(step: string): string {
  return step.includes('~') || step.includes('/') ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step
}
