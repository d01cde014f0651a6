import { type ContainerSource, MemberContent, type MemberReading } from '../container/read-container.ts'
import type { ContainerMember } from '../container/zip-layout.ts'
import type { EventEnvelope } from '../event/event-envelope.ts'
import type { LeafIndex } from '../tree/tree-hash.ts'
import type { FieldDisclosure } from './leaf-line.ts'
import { LineReader } from './line-reader.ts'
import { HEAD, type PackManifest, type PackSection, sectionMembers } from './manifest.ts'
import { contentOf, type OpenedPack, openPack } from './open-pack.ts'
import { parseLeafLine } from './parse-leaf-line.ts'

/** A leaf as somebody reads it who has nothing but the pack. */
export interface ReadLeaf {
  readonly leaf: LeafIndex
  /** Null: withheld. */
  readonly event: { readonly envelope: EventEnvelope; readonly keys: Readonly<Record<string, FieldDisclosure>> } | null
}

const HEAD_LIMIT = 1 << 16
const LINE_LIMIT = 1 << 20

/** What is in a pack that `verifyPack` found whole. It is read, not checked: whoever skips the check believes the sender. */
export class PackContents {
  readonly manifest: PackManifest
  private readonly members: readonly ContainerMember[]
  private readonly source: ContainerSource
  private readonly reading: MemberReading

  private constructor({ manifest, members }: OpenedPack, source: ContainerSource, reading: MemberReading) {
    this.manifest = manifest
    this.members = members
    this.source = source
    this.reading = reading
  }

  /** @throws ContainerProblem */
  static async open(source: ContainerSource, reading: MemberReading): Promise<PackContents> {
    return new PackContents(await openPack(source, reading), source, reading)
  }

  /** The signed tree head with its cosignatures, verbatim. */
  headNote(): Promise<Uint8Array> {
    return contentOf(this.source, this.member(HEAD), HEAD_LIMIT, this.reading)
  }

  /** The leaves of a section, none where it isn't in the pack. @throws when a line is none. */
  async *leaves(section: PackSection): AsyncGenerator<ReadLeaf> {
    const file = sectionMembers(section).leaves
    if (!this.members.some(({ name }) => name === file)) return
    const lines = new LineReader(LINE_LIMIT)
    for await (const chunk of new MemberContent(this.source, this.member(file), this.reading).chunks()) {
      lines.push(chunk)
      for (let line = lines.next(); line !== null; line = lines.next()) yield leafIn(line, `${file} line ${lines.line}`)
    }
  }

  private member(of: string): ContainerMember {
    const member = this.members.find(({ name }) => name === of)
    if (member === undefined) throw new Error(`expected ${of} in the pack, found none`)
    return member
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function leafIn(line: Uint8Array | 'too-long', where: string): ReadLeaf {
  const parsed = line === 'too-long' ? 'expected a shorter line' : parseLeafLine(decoder.decode(line), line.length)
  if (typeof parsed === 'string') throw new Error(`${where}: ${parsed}`)
  const { entry, event } = parsed
  return { leaf: entry.seq, event: event === null ? null : { envelope: event.envelope, keys: event.keys } }
}
