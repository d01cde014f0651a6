import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { AdminAnswer, AdminRequest } from './admin-request.ts'

/** Asks the server that runs over this socket; null when none does. */
export function askServer(socketPath: string, request: AdminRequest): Promise<AdminAnswer | null> {
  if (!existsSync(socketPath)) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath, () => socket.write(`${JSON.stringify(request)}\n`))
    socket.once('error', (error) => (isNobody(error) ? resolve(null) : reject(error)))
    socket.once('close', () => reject(new Error('The server ended before it answered.')))
    createInterface(socket)
      .once('line', (line) => {
        socket.removeAllListeners('close')
        socket.end()
        resolve(JSON.parse(line))
      })
      // The socket has told it already.
      .on('error', () => undefined)
  })
}

/** The socket of a server that was killed is still there, with nobody behind it. */
function isNobody(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ENOENT')
}
