import { ContainerProblem, type ContainerSource, MemberContent, type MemberReading, openContainer } from '../container/read-container.ts'
import type { ContainerMember } from '../container/zip-layout.ts'
import { MANIFEST, MANIFEST_NOTE, type PackManifest } from './manifest.ts'
import { parseManifest } from './parse-manifest.ts'

export interface OpenedPack {
  readonly manifest: PackManifest
  readonly members: readonly ContainerMember[]
  readonly bytes: { readonly manifest: Uint8Array; readonly note: Uint8Array }
}

const MANIFEST_LIMIT = 1 << 22
const NOTE_LIMIT = 1 << 16

/** The container and its manifest; nothing is said of signatures or of what is in the members. @throws ContainerProblem */
export async function openPack(source: ContainerSource, reading: MemberReading): Promise<OpenedPack> {
  const members = await openContainer(source)
  const [manifestMember, noteMember] = [members.at(-2), members.at(-1)]
  if (manifestMember?.name !== MANIFEST || noteMember?.name !== MANIFEST_NOTE) {
    throw new ContainerProblem(`expected ${MANIFEST} and ${MANIFEST_NOTE} at the end, found others`, null, null)
  }
  const bytes = {
    manifest: await contentOf(source, manifestMember, MANIFEST_LIMIT, reading),
    note: await contentOf(source, noteMember, NOTE_LIMIT, reading),
  }
  const parsed = parseManifest(bytes.manifest)
  if (parsed.status === 'refused') throw new ContainerProblem(parsed.reason, MANIFEST, manifestMember.offset)
  const names = members.slice(0, -2).map(({ name }) => name)
  const told = parsed.manifest.members.map(({ name }) => name)
  if (names.join() !== told.join())
    throw new ContainerProblem('expected the members that the manifest lists, in its order, found others', MANIFEST, null)
  return { manifest: parsed.manifest, members, bytes }
}

/** All bytes of a member. @throws ContainerProblem when they are more than `limit`, or not what its headers say. */
export async function contentOf(
  source: ContainerSource,
  member: ContainerMember,
  limit: number,
  reading: MemberReading,
): Promise<Uint8Array> {
  if (member.size > limit) throw new ContainerProblem(`expected at most ${limit} bytes, found ${member.size}`, member.name, member.offset)
  const bytes = new Uint8Array(member.size)
  let at = 0
  for await (const chunk of new MemberContent(source, member, reading).chunks()) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
