import {
  type Cosignature,
  checkCosignatures,
  type NoteSignature,
  type ParsedNote,
  parseNote,
  toBase64,
  type VerifierKey,
} from '@annal/proof'
import { verifyEd25519 } from '../keys/ed25519.ts'

/** Somebody who cosigns heads (C2SP tlog-witness). */
export interface Witness {
  readonly key: VerifierKey
  /** As it was configured: `name+hash+key`. */
  readonly verifierKey: string
  /** Submission prefix: `<url>/add-checkpoint`. */
  readonly url: string
}

/** What a witness is asked to cosign. */
export interface Submission {
  /** The signed note. */
  readonly note: string
  readonly size: number
  /** The size that the witness has seen last, as far as is known; 0 for none. */
  readonly known: number
  /** C2SP consistency proof from this size to the head's. */
  readonly prove: (from: number) => readonly Uint8Array[]
}

export type WitnessAnswer =
  /** `line`: its signature line without line end, to be put under the note. `time`: by its own clock, POSIX seconds. */
  | { readonly status: 'cosigned'; readonly line: string; readonly time: number }
  /** It has seen a greater head of this log. */
  | { readonly status: 'ahead'; readonly size: number }
  | { readonly status: 'refused'; readonly reason: string }

const MOST_TRIES = 3
const LONGEST_ANSWER = 64 * 1024

/** Asks for a cosignature; where the witness stands at another size than thought, once more from there. Never throws. */
export async function askWitness(witness: Witness, submission: Submission, patience: number): Promise<WitnessAnswer> {
  let from = Math.min(submission.known, submission.size)
  try {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const answer = await post(witness, submission, from, patience)
      if (answer.status !== 'conflict') return answer
      if (answer.size > submission.size) return { status: 'ahead', size: answer.size }
      if (answer.size === from) break
      from = answer.size
    }
    return refused(`it answers a conflict at size ${from}, whatever is sent`)
  } catch (error) {
    return refused(error instanceof Error ? messageOf(error) : String(error))
  }
}

type Posted = WitnessAnswer | { readonly status: 'conflict'; readonly size: number }

async function post(witness: Witness, { note, size, prove }: Submission, from: number, patience: number): Promise<Posted> {
  const proof = from === 0 || from === size ? [] : prove(from)
  const body = `old ${from}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`
  const answer = await fetch(`${witness.url}/add-checkpoint`, {
    method: 'POST',
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  })
  const text = (await answer.text()).slice(0, LONGEST_ANSWER)
  if (answer.status === 200) return cosigned(witness, note, text)
  if (answer.status === 409) return conflict(text)
  if (answer.status === 422) return refused('it says that this head does not continue the one it has seen')
  return refused(`it answered ${answer.status} ${text.slice(0, 200).trim()}`.trim())
}

/** C2SP tlog-witness: the size in decimal and a line end. */
function conflict(text: string): Posted {
  const size = Number(text.trim())
  return /^\d{1,16}\n?$/.test(text) && Number.isSafeInteger(size)
    ? { status: 'conflict', size }
    : refused('it answered a conflict without a size')
}

async function cosigned({ key }: Witness, note: string, lines: string): Promise<Posted> {
  const ours = parseNote(Buffer.from(note))
  const theirs = parseNote(Buffer.from(note + lines))
  if (ours.status === 'refused' || theirs.status === 'refused') return refused('it answered with something that is no signature line')
  const line = lineOf(theirs, ours.note.signatures.length, lines, key)
  const checked = await checkCosignatures(theirs.note, [key], verifyEd25519)
  if (line === null || checked.status === 'refused') return refused('its signature is not of the key that it was configured with')
  const [first]: readonly (Cosignature | undefined)[] = checked.cosignatures
  return first === undefined ? refused('it answered without its signature') : { status: 'cosigned', line, time: first.time }
}

/** The witness's own line among those that it answered. */
function lineOf(parsed: ParsedNote, before: number, lines: string, { name, id }: VerifierKey): string | null {
  if (parsed.status === 'refused') return null
  const place = parsed.note.signatures.slice(before).findIndex((signature: NoteSignature) => signature.name === name && signature.id === id)
  return place < 0 ? null : (lines.split('\n')[place] ?? null)
}

function messageOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

function refused(reason: string): { readonly status: 'refused'; readonly reason: string } {
  return { status: 'refused', reason }
}
