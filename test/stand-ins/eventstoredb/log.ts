/** The transaction log of the stand-in, in memory: what EventStoreDB's storage writer decides, and in which order. */
export type ExpectedRevision = number | 'any' | 'no_stream' | 'stream_exists'

export interface ProposedEvent {
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

export interface LogRecord extends ProposedEvent {
  /** Where the record begins in the log: commit and prepare position alike. */
  readonly position: number
  readonly stream: string
  readonly revision: number
  readonly created: Date
}

export type WriteResult =
  | { readonly status: 'written'; readonly lastRevision: number; readonly position: number }
  | { readonly status: 'wrong-expected-version'; readonly current: number }

const RECORD_OVERHEAD = 74
/** What a delete (of the soft kind) writes as `$tb` into the stream's metadata: the largest revision there is. */
const DELETED = Number(2n ** 63n - 1n)

export class Log {
  readonly records: LogRecord[] = []
  /** How many records reads of $all looked at, delivered or not: what they cost the server. */
  considered = 0
  readonly #streams = new Map<string, LogRecord[]>()
  readonly #listeners = new Set<(record: LogRecord) => void>()
  readonly #statsEvery: number
  #end = 0
  #sinceStats = 0

  /** @param statsEvery after so many events the server writes one of its own. */
  constructor(statsEvery: number) {
    this.#statsEvery = statsEvery
    this.#begin()
  }

  /** What a restart leaves of a database in memory. */
  forget(): void {
    this.records.length = 0
    this.#streams.clear()
    this.#end = 0
    this.#begin()
  }

  #begin(): void {
    this.#writeSystemEvent('$$$stats-127.0.0.1:2113', '$metadata', { $maxAge: 86_400 })
    this.#writeSystemEvent('$users', '$UserCreated', { loginName: 'ops' })
  }

  stream(name: string): readonly LogRecord[] {
    return this.#streams.get(name) ?? []
  }

  /** Reads of such a stream don't find it, though $all still has its events, and who expects no stream may append behind them. */
  isDeleted(name: string): boolean {
    return this.#metadata(name)['$tb'] === DELETED
  }

  /**
   * What reads of the stream find under its metadata, whether or not the rest was scavenged already: $all has it until then
   * (kurrent-io/KurrentDB, src/KurrentDB.Core/Services/Storage/ReaderIndex/IndexReader.cs, ReadStreamEventsForward).
   */
  readable(name: string): readonly LogRecord[] {
    const { $tb = 0, $maxCount = Number.POSITIVE_INFINITY, $maxAge = Number.POSITIVE_INFINITY } = this.#metadata(name)
    const records = this.stream(name)
    const first = Math.max($tb, records.length - $maxCount)
    return records.filter(({ revision, created }) => revision >= first && Date.now() - created.getTime() <= $maxAge * 1000)
  }

  #metadata(name: string): { readonly $tb?: number; readonly $maxCount?: number; readonly $maxAge?: number } {
    const record = this.stream(`$$${name}`).at(-1)
    return record === undefined ? {} : JSON.parse(Buffer.from(record.data).toString())
  }

  onRecord(listener: (record: LogRecord) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Index of the first record at or behind a position. */
  indexAt(position: number): number {
    let low = 0
    let high = this.records.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.records[middle]?.position ?? 0) < position) low = middle + 1
      else high = middle
    }
    return low
  }

  /** False where a record lies across the position: no position of this log, and nothing can be read from there. */
  hasRecordAt(position: { getCommitPosition(): string } | undefined): boolean {
    if (!position) return true
    const commit = Number(position.getCommitPosition())
    const record = this.records[this.indexAt(commit)]
    return record === undefined || record.position === commit
  }

  /** All events or none. The same ids at the same expected revision are acknowledged again and not stored again. */
  write(stream: string, expected: ExpectedRevision, events: readonly ProposedEvent[]): WriteResult {
    const stored = this.stream(stream)
    const current = stored.length - 1
    const from = expected === 'no_stream' && this.isDeleted(stream) ? current + 1 : startOf(expected, stored, events)
    if (from === null || from > current + 1) return { status: 'wrong-expected-version', current }
    if (from <= current) return repeated(stored, from, events) ?? { status: 'wrong-expected-version', current }
    for (const event of events) this.#append(stream, event)
    this.#writeStats(events.length)
    const last = this.stream(stream).at(-1)
    return { status: 'written', lastRevision: last?.revision ?? -1, position: last?.position ?? 0 }
  }

  #append(stream: string, event: ProposedEvent): void {
    const records = this.#streams.get(stream) ?? []
    const record: LogRecord = { ...event, stream, revision: records.length, position: this.#end, created: new Date() }
    records.push(record)
    this.#streams.set(stream, records)
    this.records.push(record)
    this.#end += RECORD_OVERHEAD + stream.length + event.type.length + event.data.length + event.metadata.length
    for (const listener of this.#listeners) listener(record)
  }

  #writeStats(events: number): void {
    this.#sinceStats += events
    if (this.#sinceStats < this.#statsEvery) return
    this.#sinceStats = 0
    this.#writeSystemEvent('$stats-127.0.0.1:2113', '$statsCollected', { 'proc-cpu': 0.5 })
  }

  #writeSystemEvent(stream: string, type: string, data: object): void {
    this.#append(stream, {
      id: crypto.randomUUID(),
      type,
      contentType: 'application/json',
      data: Buffer.from(JSON.stringify(data)),
      metadata: new Uint8Array(),
    })
  }
}

/** The revision that the first event would get, or null when the expectation can't hold. */
function startOf(expected: ExpectedRevision, stored: readonly LogRecord[], events: readonly ProposedEvent[]): number | null {
  switch (expected) {
    case 'no_stream':
      return 0
    case 'stream_exists':
      return stored.length > 0 ? stored.length : null
    case 'any':
      return stored.find(({ id }) => id === events[0]?.id)?.revision ?? stored.length
  }
  return expected + 1
}

function repeated(stored: readonly LogRecord[], from: number, events: readonly ProposedEvent[]): WriteResult | null {
  const last = stored[from + events.length - 1]
  if (!last || !events.every((event, i) => stored[from + i]?.id === event.id)) return null
  return { status: 'written', lastRevision: last.revision, position: last.position }
}
