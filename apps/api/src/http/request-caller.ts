import type { Caller } from '../identity/caller.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on routes without authentication. */
    caller: Caller | null
  }
}
