import type { Position as LogPosition } from '@eventstore/db-client'
import type { Position } from '../event-store.ts'

const DIGITS = 16
const TEXT = /^([0-9a-f]{16})-([0-9a-f]{16})$/

/** What servers before 22.6 send in place of a position that they do not know. */
const NO_POSITION = 0xffff_ffff_ffff_ffffn

/** Commit and prepare position as the server delivered them, in hex of one width, so that text compares as positions do. */
export function positionText({ commit, prepare }: LogPosition): Position {
  if (commit === NO_POSITION)
    throw new Error('expected a server that tells positions (EventStoreDB 22.6 or later), found one that does not')
  return `${hex(commit)}-${hex(prepare)}` as Position
}

export function logPosition(position: Position): LogPosition {
  const [, commit, prepare] = TEXT.exec(position) ?? []
  if (commit === undefined || prepare === undefined) {
    throw new Error(`expected a position of the EventStoreDB store, found ${JSON.stringify(position)}`)
  }
  return { commit: BigInt(`0x${commit}`), prepare: BigInt(`0x${prepare}`) }
}

function hex(value: bigint): string {
  return value.toString(16).padStart(DIGITS, '0')
}
