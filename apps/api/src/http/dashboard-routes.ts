import { existsSync } from 'node:fs'
import { join } from 'node:path'
import helmet from '@fastify/helmet'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { TypedError } from './typed-error.ts'

const policy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    // Positions and sizes that scripts compute; a style can't fetch anything that the other directives forbid.
    styleSrcAttr: ["'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    workerSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
}

/** The dashboard as the web build left it. Paths that name no file are pages of it. */
export async function dashboardRoutes(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: policy,
    crossOriginEmbedderPolicy: true,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
  })
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('/', async (_request, reply) =>
      reply.type('text/plain; charset=utf-8').send('The dashboard is not built: run `npm run build`.\n'),
    )
    app.get('/*', async () => {
      throw new TypedError('NOT_FOUND', 'There is nothing at this address.')
    })
    return
  }
  await app.register(fastifyStatic, { root: folder, wildcard: false, index: 'index.html', setHeaders: cacheHeaders })
  app.get('/*', async (request, reply) => {
    if (isFile(request.url)) throw new TypedError('NOT_FOUND', 'There is no such file.')
    return reply.sendFile('index.html')
  })
}

/** Built files carry a digest in their name; the page that names them doesn't. */
function cacheHeaders(reply: FastifyReply, path: string): void {
  reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
}

/** Logs are read, and interfaces used, by programs: what isn't there is no page. */
function isFile(url: string): boolean {
  return /\.[a-z0-9]+$/i.test(url.split('?', 1)[0] ?? '') || /^\/(?:assets|log\/v1|w\/[^/]+\/(?:api|export))\//.test(url)
}
