import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  cosign,
  formatWitnessKey,
  noteBytes,
  openNote,
  parseBase64,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  type SignedNote,
  type VerifierKey,
  verifyConsistency,
  witnessKey,
} from '@annal/proof'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const EMPTY_LINE = '\n\n'
const MOST_HASHES = 63

interface SeenHead {
  readonly size: number
  readonly root: Uint8Array
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly type?: string
}

/**
 * A witness (C2SP tlog-witness): it remembers the newest head of each log that it trusts, and cosigns a later one only with a proof that it
 * continues the one before.
 */
export class WitnessStandIn {
  readonly key: VerifierKey
  /** By origin: what it has cosigned last. */
  readonly seen = new Map<string, SeenHead>()
  /** How often it was asked. */
  asked = 0
  /** While set, it answers so and does nothing else. */
  broken: Answer | null = null
  private readonly privateKey: KeyObject
  private readonly trusted = new Map<string, VerifierKey[]>()
  private readonly server: Server

  constructor(name = 'witness.example') {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    this.privateKey = privateKey
    this.key = witnessKey(name, new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI.length)))
    this.server = createServer((request, response) => void this.serve(request, response))
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** As `ANNAL_WITNESSES` takes it. */
  get setting(): string {
    return `${formatWitnessKey(this.key)}=${this.url}`
  }

  /** Cosigns heads of this log from now on. @param keys `name+hash+key`, the name being the log's origin. */
  trust(...keys: readonly string[]): void {
    for (const text of keys) {
      const key = parseVerifierKey(text)
      if (key === null) throw new Error(`expected a verifier key, found ${text}`)
      this.trusted.set(key.name, [...(this.trusted.get(key.name) ?? []), key])
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    this.asked++
    const isOurs = request.method === 'POST' && request.url === '/add-checkpoint'
    const {
      status,
      body,
      type = 'text/plain',
    } = this.broken ?? (isOurs ? await this.add(Buffer.concat(chunks)) : { status: 404, body: '' })
    response.writeHead(status, { 'content-type': type }).end(body)
  }

  private async add(body: Buffer): Promise<Answer> {
    const text = body.toString('utf8')
    const head = text.slice(0, text.indexOf(EMPTY_LINE)).split('\n')
    const old = /^old (0|[1-9]\d*)$/.exec(head[0] ?? '')?.[1]
    const proof = head.slice(1).map((line) => parseBase64(line))
    const note = parseNote(Buffer.from(text.slice(text.indexOf(EMPTY_LINE) + EMPTY_LINE.length)))
    if (old === undefined || note.status === 'refused' || proof.length > MOST_HASHES) return { status: 400, body: 'malformed' }
    if (proof.some((hash) => hash?.length !== 32)) return { status: 400, body: 'malformed proof' }
    return this.judge(note.note, Number(old), proof as Uint8Array[])
  }

  private async judge(note: SignedNote, old: number, proof: readonly Uint8Array[]): Promise<Answer> {
    const checkpoint = parseCheckpoint(note.text)
    if (checkpoint.status === 'refused') return { status: 400, body: checkpoint.reason }
    const { origin, size, root } = checkpoint.checkpoint
    const keys = this.trusted.get(origin)
    if (keys === undefined) return { status: 404, body: 'unknown log' }
    const opened = await openNote(note, keys, (publicKey, message, signature) =>
      verify(null, message, createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }), signature),
    )
    if (opened.status === 'refused') return { status: 403, body: opened.reason }
    if (old > size) return { status: 400, body: 'old size above the size' }
    const before = this.seen.get(origin) ?? { size: 0, root: new Uint8Array(0) }
    if (before.size !== old) return { status: 409, body: `${before.size}\n`, type: 'text/x.tlog.size' }
    if (!continues(before, { size, root }, proof)) return { status: 422, body: 'the head does not continue the one before' }
    this.seen.set(origin, { size, root })
    const time = Math.floor(Date.now() / 1000)
    const signature = await cosign(note.text, { key: this.key, sign: (message) => sign(null, message, this.privateKey) }, time)
    const lines = Buffer.from(noteBytes({ text: note.text, signatures: [signature] })).toString()
    return { status: 200, body: lines.slice(note.text.length + 1) }
  }
}

function continues(before: SeenHead, head: SeenHead, proof: readonly Uint8Array[]): boolean {
  if (before.size === 0) return proof.length === 0
  const claim = { oldSize: before.size, newSize: head.size, oldRoot: before.root, newRoot: head.root, proof }
  return verifyConsistency(claim).status === 'verified'
}
