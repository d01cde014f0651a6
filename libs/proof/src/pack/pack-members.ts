import { ContainerProblem, type ContainerSource, MemberContent, type MemberReading } from '../container/read-container.ts'
import type { ContainerMember } from '../container/zip-layout.ts'
import type { Findings } from './findings.ts'
import { DOCUMENTS, type ManifestMember } from './manifest.ts'
import type { Question } from './verdict.ts'

const DOCUMENT_NAMES = new Set<string>(DOCUMENTS)

/** The members of a pack: each is read once, and what is read is compared with the manifest's sizes and digests. */
export class PackMembers {
  private readonly source: ContainerSource
  private readonly reading: MemberReading
  private readonly findings: Findings
  private readonly members: ReadonlyMap<string, ContainerMember>
  private readonly told: ReadonlyMap<string, ManifestMember>
  private readonly unread: Set<string>

  constructor(
    of: { readonly source: ContainerSource; readonly members: readonly ContainerMember[]; readonly told: readonly ManifestMember[] },
    reading: MemberReading,
    findings: Findings,
  ) {
    this.source = of.source
    this.reading = reading
    this.findings = findings
    this.members = new Map(of.members.map((member) => [member.name, member]))
    this.told = new Map(of.told.map((member) => [member.name, member]))
    this.unread = new Set(this.told.keys())
  }

  has(name: string): boolean {
    return this.told.has(name)
  }

  /** The content, chunk by chunk. When it has ended its digests have been compared. Broken bytes end it early, as a finding. */
  async *stream(name: string): AsyncGenerator<Uint8Array> {
    const member = this.members.get(name)
    const told = this.told.get(name)
    if (member === undefined || told === undefined) return
    this.unread.delete(name)
    const content = new MemberContent(this.source, member, this.reading)
    try {
      yield* content.chunks()
    } catch (error) {
      if (!(error instanceof ContainerProblem)) throw error
      this.findings.fail(questionOf(name), `${name}: ${error.message}`, { file: name, byte: error.at })
      return
    }
    const { sha256, packedSha256 } = content.digests ?? { sha256: '', packedSha256: '' }
    const same =
      sha256 === told.sha256 && packedSha256 === told.packed.sha256 && member.size === told.size && member.packedSize === told.packed.size
    if (!same) {
      this.findings.fail(questionOf(name), `${name}: expected the bytes that the manifest describes, found others`, {
        file: name,
        byte: member.offset,
      })
    }
  }

  /** The whole content of a small member; null when it isn't there or is larger than it can be. */
  async whole(name: string, limit: number): Promise<Uint8Array | null> {
    const size = this.members.get(name)?.size ?? 0
    if (!this.has(name)) return null
    if (size > limit) {
      this.findings.fail(questionOf(name), `${name}: expected at most ${limit} bytes, found ${size}`, { file: name })
      return null
    }
    const bytes = new Uint8Array(size)
    let at = 0
    for await (const chunk of this.stream(name)) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    return at === size ? bytes : null
  }

  /** Reads what nothing else has read. */
  async rest(): Promise<void> {
    for (const name of [...this.unread]) {
      for await (const _ of this.stream(name));
    }
  }
}

function questionOf(name: string): Question {
  return DOCUMENT_NAMES.has(name) ? 'report' : 'integrity'
}
