import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'

/**
 * A server that is closed ends the connections that Node would keep: those over which nothing was asked yet, as browsers open them ahead
 * (Node takes them for busy for as long as a request may take), and those of answers under way, once these have come to their end.
 */
export function endConnections(app: FastifyInstance): void {
  const silent = silentConnections(app.server)
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
    for (const socket of silent) socket.destroy()
  })
  app.addHook('onResponse', async ({ raw }) => {
    if (closing) raw.socket.end()
  })
}

function silentConnections(server: Server): ReadonlySet<Duplex> {
  const silent = new Set<Duplex>()
  server.on('connection', (socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  server.on('request', ({ socket }) => silent.delete(socket))
  server.on('upgrade', (_request, socket) => silent.delete(socket))
  return silent
}
