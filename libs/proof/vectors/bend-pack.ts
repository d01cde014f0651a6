import { unzipSync } from 'fflate'
import { ContainerWriter } from '../src/container/write-container.ts'
import {
  canonicalBytes,
  encodeUtf8,
  formatVerifierKey,
  type ManifestMember,
  type NoteSigner,
  nobleDigests,
  noteBytes,
  type PackManifest,
  parseNote,
  signNote,
  toHex,
} from '../src/index.ts'
import { MANIFEST, MANIFEST_NOTE, packNoteText } from '../src/pack/manifest.ts'
import { MemorySink } from './memory-sink.ts'

export interface PackBend {
  /** A member's new content; null drops it. */
  readonly member?: (name: string, bytes: Uint8Array) => Uint8Array | null
  readonly manifest?: (manifest: PackManifest) => PackManifest
  /** Who signs the new manifest; without, the old one stays. */
  readonly signer?: NoteSigner
}

/** A pack with other content in a container that is whole again, under a new signature or the old one. */
export async function bentPack(pack: Uint8Array, { member, manifest, signer }: PackBend): Promise<Uint8Array> {
  const sink = new MemorySink()
  const container = new ContainerWriter(sink)
  const members: ManifestMember[] = []
  const old = unzipSync(pack)
  for (const [name, bytes] of Object.entries(old)) {
    const bent = member === undefined ? bytes : member(name, bytes)
    if (bent === null || (signer !== undefined && (name === MANIFEST || name === MANIFEST_NOTE))) continue
    const { size, sha256, packedSize, packedSha256 } = await container.add(name, [bent])
    members.push({ name, size, sha256, packed: { size: packedSize, sha256: packedSha256 } })
  }
  if (signer !== undefined) await sign(container, { ...told(old), keys: [formatVerifierKey(signer.key)], members }, signer, manifest)
  await container.end()
  return sink.content()
}

async function sign(container: ContainerWriter, plain: PackManifest, signer: NoteSigner, change?: PackBend['manifest']): Promise<void> {
  const manifest = change?.(plain) ?? plain
  const bytes = canonicalBytes(manifest)
  const text = packNoteText(manifest.origin, toHex(nobleDigests.sha256(bytes)))
  await container.add(MANIFEST, [bytes])
  await container.add(MANIFEST_NOTE, [noteBytes(await signNote(text, [signer]))])
}

function told(members: Readonly<Record<string, Uint8Array>>): PackManifest {
  return JSON.parse(textOf(members[MANIFEST]))
}

/** Another text for one member. */
export function changing(of: string, change: (text: string) => string): NonNullable<PackBend['member']> {
  return (name, bytes) => (name === of ? encodeUtf8(change(textOf(bytes))) : bytes)
}

/** Other lines for one member. */
export function changingLines(of: string, change: (lines: readonly string[]) => readonly string[]): NonNullable<PackBend['member']> {
  return changing(of, (text) =>
    change(text.split('\n').slice(0, -1))
      .map((line) => `${line}\n`)
      .join(''),
  )
}

/** A head signed by somebody else. */
export async function resigned(head: Uint8Array, signer: NoteSigner): Promise<Uint8Array> {
  const parsed = parseNote(head)
  if (parsed.status === 'refused') throw new Error(parsed.reason)
  return noteBytes(await signNote(parsed.note.text, [signer]))
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes ?? new Uint8Array(0))
}
