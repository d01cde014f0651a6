import { createReadStream } from 'node:fs'
import type { AnnalClient, Emitted } from '../create-client.ts'
import { InvalidEvent } from '../errors.ts'
import { prepareEvent } from '../prepare-event.ts'
import { readEmission } from './read-emission.ts'
import { readValues } from './read-values.ts'
import type { Tally } from './tally.ts'

/** How many events wait for the disk at once. */
const AT_ONCE = 1_000

export interface Input {
  readonly name: string
  readonly chunks: AsyncIterable<Uint8Array>
}

/** The files, or standard input when there are none or one is named `-`. */
export function inputsOf(files: readonly string[]): Input[] {
  const named = files.length === 0 ? ['-'] : files
  return named.map((name) => (name === '-' ? { name: 'stdin', chunks: process.stdin } : { name, chunks: chunksOf(name) }))
}

/** Opened when it is read: nobody would hear before that a file can't be. */
async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file, { highWaterMark: 256 * 1024 })
}

/** Checks every event and queues none. */
export async function checkInput({ name, chunks }: Input, workspace: () => Promise<string>, tally: Tally): Promise<void> {
  for await (const event of emissions(chunks, workspace)) {
    tally.read++
    const prepared = event.status === 'read' ? prepareEvent(event.emission, Date.now()) : event
    if (prepared.status === 'invalid')
      tally.refuse(`${name}, ${event.where}`, 'path' in prepared ? `${prepared.path}: ${prepared.message}` : prepared.message)
  }
}

/** Queues every event; what is not well-formed is told and left out. */
export async function emitInput(
  { name, chunks }: Input,
  around: { client: AnnalClient; workspace: () => Promise<string>; tally: Tally },
): Promise<void> {
  const { client, workspace, tally } = around
  const queued = new Set<Promise<void>>()
  for await (const event of emissions(chunks, workspace)) {
    tally.read++
    const where = `${name}, ${event.where}`
    if (event.status === 'invalid') {
      tally.refuse(where, event.message)
      continue
    }
    const emitted = client.emitUnchecked(event.emission).then(
      (receipt) => follow(receipt, where, tally),
      (error) => refuseInvalid(error, where, tally),
    )
    queued.add(emitted)
    // One that fails stays among them, and ends the run below.
    void emitted.then(
      () => queued.delete(emitted),
      () => tally.show(),
    )
    if (queued.size >= AT_ONCE) await Promise.race(queued)
    tally.show()
  }
  await Promise.all(queued)
}

/** Refusals are told by the client, also of what earlier runs left in the outbox. */
function follow({ id, delivered }: Emitted, where: string, tally: Tally): void {
  tally.queued++
  tally.places.set(id, where)
  void delivered.then((delivery) => {
    tally.places.delete(id)
    if (delivery.status === 'recorded') tally.recorded++
    if (delivery.status === 'recorded' && delivery.repeated) tally.repeated++
    tally.show()
  })
}

function refuseInvalid(error: unknown, where: string, tally: Tally): void {
  if (!(error instanceof InvalidEvent)) throw error
  tally.refuse(where, error.message)
}

type Numbered = { readonly where: string } & Awaited<ReturnType<typeof readEmission>>

async function* emissions(chunks: AsyncIterable<Uint8Array>, workspace: () => Promise<string>): AsyncGenerator<Numbered> {
  for await (const value of readValues(chunks)) {
    if (value.status === 'invalid') yield value
    else yield { where: value.where, ...(await readEmission(value.value, workspace)) }
  }
}
