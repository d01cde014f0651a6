/** True for an integer that a double holds exactly, from `atLeast` up. */
export function isCount(value: unknown, atLeast: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= atLeast
}
