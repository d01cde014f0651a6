import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { reportFault } from '../http/report-fault.ts'
import type { ApiKeys } from '../identity/api-keys.ts'
import type { Directory } from '../identity/directory.ts'
import { OPERATOR } from '../identity/record-access.ts'
import type { ContinuationOutcome } from '../log/continue-log.ts'
import type { KeyRetirement } from '../log/signing-keys.ts'
import { type AdminAnswer, type AdminRequest, readAdminRequest } from './admin-request.ts'

export interface Administered {
  readonly directory: Directory
  readonly keys: ApiKeys
  rebuild(): Promise<void>
  signInLink(): string
  /** Sets the clock of a sample forward; gives what it shows then. @throws Error on a real clock. */
  advanceClock(to: string): string
  /** Gives the instant up to which the old keys sign too. */
  rotateSigningKey(overlapHours: number, because: KeyRetirement): Promise<string>
  continueLog(workspace: string, reason: string): Promise<ContinuationOutcome>
}

/** Paths of Unix sockets hold so many bytes. */
const LONGEST_PATH = 103

/**
 * Lets the operator's commands reach the running server: one JSON request a line, one answer a line. Whoever may open the socket (mode
 * 0600, in a folder of mode 0700) could read the record's files as well.
 */
export async function openAdminSocket(path: string, administered: Administered): Promise<() => Promise<void>> {
  if (Buffer.byteLength(path) > LONGEST_PATH)
    throw new Error(`The path of the admin socket, ${path}, is longer than ${LONGEST_PATH} bytes; choose a shorter ANNAL_DATA.`)
  rmSync(path, { force: true })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', (error) => reportFault(error, 'admin-socket'))
    createInterface(socket)
      .on('line', (line) => void answerLine(socket, line, administered))
      // Lines tell the errors of their socket once more; unheard, that would end the server.
      .on('error', () => undefined)
  })
  const mask = process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
  } finally {
    process.umask(mask)
  }
  chmodSync(path, 0o600)
  return () =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
}

async function answerLine(socket: Socket, line: string, administered: Administered): Promise<void> {
  const answer = await answerTo(line, administered)
  if (socket.writable) socket.write(`${JSON.stringify(answer)}\n`)
}

async function answerTo(line: string, administered: Administered): Promise<AdminAnswer> {
  const request = readAdminRequest(line)
  if (request === null) return { status: 'refused', message: 'The server does not know this command; is it of the same version?' }
  try {
    return await carryOut(request, administered)
  } catch (error) {
    return { status: 'refused', message: error instanceof Error ? error.message : String(error) }
  }
}

export function continuationAnswer(outcome: ContinuationOutcome): AdminAnswer {
  return outcome.status === 'continued' ? { status: 'done', text: `The log goes on as ${outcome.origin}.` } : outcome
}

export async function carryOut(request: AdminRequest, administered: Administered): Promise<AdminAnswer> {
  const { directory, keys, rebuild, signInLink, advanceClock, rotateSigningKey, continueLog } = administered
  switch (request.command) {
    case 'issue-key': {
      const { workspace, role, name, requestsPerSecond } = request
      const outcome = await keys.issue({ workspace, actor: OPERATOR, role, name, requestsPerSecond, expiresAt: null })
      return outcome.status === 'issued' ? { status: 'done', text: outcome.secret } : outcome
    }
    case 'revoke-key': {
      const outcome = await keys.revoke(request.workspace, OPERATOR, request.key, null)
      return outcome.status === 'revoked'
        ? { status: 'done', text: `${outcome.key.id} is revoked.` }
        : { status: 'refused', message: outcome.message }
    }
    case 'rebuild':
      await rebuild()
      return { status: 'done', text: 'The views were built anew from the record.' }
    case 'workspaces':
      return {
        status: 'done',
        text: directory
          .allWorkspaces()
          .map(({ id, name }) => `${id}  ${name}`)
          .join('\n'),
      }
    case 'sign-in-link':
      return { status: 'done', text: signInLink() }
    case 'advance-clock':
      return { status: 'done', text: advanceClock(request.to) }
    case 'rotate-signing-key':
      return { status: 'done', text: rotationText(request.because, await rotateSigningKey(request.overlapHours, request.because)) }
    case 'continue-log':
      return continuationAnswer(await continueLog(request.workspace, request.reason))
  }
}

function rotationText(because: KeyRetirement, until: string): string {
  return because === 'compromised'
    ? 'A new key signs from now on; the old ones are retired as compromised: no pack that shows it and that they have signed holds.'
    : `A new key signs from now on; the old ones sign beside it until ${until}.`
}
