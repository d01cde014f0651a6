import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * A server that is closed ends the connections that Node would keep: those over which nothing came yet, as browsers open them ahead (Node
 * takes them for busy for as long as a request may take), and those of answers under way, once these have come to their end.
 */
export function endConnections(app: FastifyInstance): void {
  const open = openConnections(app.server)
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
  })
  app.addHook('onResponse', async ({ raw }) => {
    if (closing) raw.socket.end()
  })
}

function openConnections(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return open
}
