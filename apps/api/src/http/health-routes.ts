import type { FastifyInstance } from 'fastify'

/** `warned`: requests are served, but somebody should see to it. */
export type Check =
  | { readonly status: 'ok' }
  | { readonly status: 'warned'; readonly reason: string }
  | { readonly status: 'failed'; readonly reason: string }

/** By name; each says whether requests that need it can be served. */
export type Checks = Readonly<Record<string, () => Promise<Check>>>

const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const

/** `live`: the process answers. `ready`: everything it needs answers too. */
export function healthRoutes(app: FastifyInstance, checks: Checks): void {
  app.get('/health/live', async (_request, reply) => reply.headers(HEADERS).send('{"status":"ok"}'))
  app.get('/health/ready', async (_request, reply) => {
    const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await check()] as const))
    const ready = results.every(([, { status }]) => status !== 'failed')
    const body = { status: ready ? 'ok' : 'failed', checks: Object.fromEntries(results) }
    return reply
      .code(ready ? 200 : 503)
      .headers(HEADERS)
      .send(JSON.stringify(body))
  })
}
