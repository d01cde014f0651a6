/**
 * # A ZIP file with one way to be written
 *
 * ZIP says where each member stands twice (in front of it and in the directory at the end), lets anything stand between members, and
 * carries times, comments, attributes and extra fields. Two programs can read two different contents out of one such file. A pack is
 * evidence, so its container leaves no choice: every byte follows from the members' names, contents and order.
 *
 *     for each member:   local header (30 bytes) ‖ name ‖ packed bytes
 *     for each member:   directory header (46 bytes) ‖ name [‖ a zip64 field of 12 bytes where the member begins at 4 GiB − 1 or later]
 *     the end:           [zip64 end record (56 bytes) ‖ its locator (20 bytes), where a number below does not fit] ‖ end record (22 bytes)
 *
 * Times are 1980-01-01 00:00, flags 0, attributes 0, the version needed 20 (45 with zip64); there are no comments, no other extra fields
 * and no data descriptors. Names that end in one of the extensions below are packed with deflate, all others are stored. A member has
 * less than 4 GiB − 1 bytes, packed and unpacked.
 *
 * The reader (`read-container.ts`) takes names, sizes and checksums from the directory, writes all headers anew and compares.
 */

import { encodeUtf8 } from '../bytes/utf8.ts'

/** A member as the headers tell it. */
export interface ContainerMember {
  readonly name: string
  /** Unpacked, in bytes. */
  readonly size: number
  readonly packedSize: number
  /** Of the unpacked bytes. */
  readonly crc: number
  /** Where its local header begins. */
  readonly offset: number
}

export const LOCAL_HEADER_LENGTH = 30
export const DIRECTORY_HEADER_LENGTH = 46
export const END_LENGTH = 22
export const END_64_LENGTH = 56
export const LOCATOR_64_LENGTH = 20
/** What a field of 32 bits says when the number stands in a zip64 field. Sizes of members never do. */
export const TOO_LARGE = 0xffffffff
const TOO_MANY = 0xffff
const DEFLATED = 8
const STORED = 0
const VERSION = 20
const VERSION_64 = 45
const MIDNIGHT_1980 = 0x0021_0000
const NAME = /^(?:[a-z0-9][a-z0-9-]{0,39}\/){0,3}[A-Za-z0-9][A-Za-z0-9-]{0,39}\.[a-z0-9]{1,8}$/
const PACKED = /\.(?:csv|html|json|jsonl|mjs|txt)$/
/** Read whole before anything else is known, and therefore small and stored: every byte of them counts. */
const NEVER_PACKED = 'manifest.json'

/** True for relative names of lower-case folders and a file with one extension: nothing that could lead out of a folder. */
export function isMemberName(name: string): boolean {
  return NAME.test(name)
}

export function isDeflated(name: string): boolean {
  return name !== NEVER_PACKED && PACKED.test(name)
}

export function localHeader(member: Omit<ContainerMember, 'offset'>): Uint8Array {
  const name = encodeUtf8(member.name)
  const bytes = new Uint8Array(LOCAL_HEADER_LENGTH + name.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x04034b50, true)
  view.setUint16(4, VERSION, true)
  writeFacts(view, 6, member)
  view.setUint16(26, name.length, true)
  bytes.set(name, LOCAL_HEADER_LENGTH)
  return bytes
}

export function directoryHeader(member: ContainerMember): Uint8Array {
  const name = encodeUtf8(member.name)
  const far = member.offset >= TOO_LARGE
  const bytes = new Uint8Array(DIRECTORY_HEADER_LENGTH + name.length + (far ? 12 : 0))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x02014b50, true)
  view.setUint16(4, VERSION, true)
  view.setUint16(6, far ? VERSION_64 : VERSION, true)
  writeFacts(view, 8, member)
  view.setUint16(28, name.length, true)
  view.setUint16(30, far ? 12 : 0, true)
  view.setUint32(42, far ? TOO_LARGE : member.offset, true)
  bytes.set(name, DIRECTORY_HEADER_LENGTH)
  if (far) {
    const extra = DIRECTORY_HEADER_LENGTH + name.length
    view.setUint16(extra, 1, true)
    view.setUint16(extra + 2, 8, true)
    view.setBigUint64(extra + 4, BigInt(member.offset), true)
  }
  return bytes
}

/** The end record, with the zip64 records in front of it where one of the numbers asks for them. */
export function endRecords(count: number, directoryAt: number, directoryLength: number): Uint8Array {
  const large = count >= TOO_MANY || directoryAt >= TOO_LARGE || directoryLength >= TOO_LARGE
  const at = large ? END_64_LENGTH + LOCATOR_64_LENGTH : 0
  const bytes = new Uint8Array(at + END_LENGTH)
  const view = new DataView(bytes.buffer)
  if (large) writeEnd64(view, count, directoryAt, directoryLength)
  view.setUint32(at, 0x06054b50, true)
  view.setUint16(at + 8, Math.min(count, TOO_MANY), true)
  view.setUint16(at + 10, Math.min(count, TOO_MANY), true)
  view.setUint32(at + 12, Math.min(directoryLength, TOO_LARGE), true)
  view.setUint32(at + 16, Math.min(directoryAt, TOO_LARGE), true)
  return bytes
}

function writeEnd64(view: DataView, count: number, directoryAt: number, directoryLength: number): void {
  view.setUint32(0, 0x06064b50, true)
  view.setBigUint64(4, BigInt(END_64_LENGTH - 12), true)
  view.setUint16(12, VERSION_64, true)
  view.setUint16(14, VERSION_64, true)
  view.setBigUint64(24, BigInt(count), true)
  view.setBigUint64(32, BigInt(count), true)
  view.setBigUint64(40, BigInt(directoryLength), true)
  view.setBigUint64(48, BigInt(directoryAt), true)
  view.setUint32(END_64_LENGTH, 0x07064b50, true)
  view.setBigUint64(END_64_LENGTH + 8, BigInt(directoryAt + directoryLength), true)
  view.setUint32(END_64_LENGTH + 16, 1, true)
}

/** Flags, method, time, checksum and sizes: twenty bytes that both headers have. */
function writeFacts(view: DataView, at: number, { name, crc, packedSize, size }: Omit<ContainerMember, 'offset'>): void {
  view.setUint16(at + 2, isDeflated(name) ? DEFLATED : STORED, true)
  view.setUint32(at + 4, MIDNIGHT_1980, true)
  view.setUint32(at + 8, crc, true)
  view.setUint32(at + 12, packedSize, true)
  view.setUint32(at + 16, size, true)
}
