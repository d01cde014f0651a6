import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpApp } from './create-http-app.ts'

describe('a server that is closed', () => {
  const app = createHttpApp({ take: () => false, stop: () => undefined }, () => 'corr-1')
  afterEach(() => app.close())

  it('ends connections over which nothing was asked, and lets a request under way come to its end', async () => {
    const answering = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    app.get('/slow', async () => {
      asked.resolve()
      await answering.promise
      return 'done'
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const silent = connect(port, '127.0.0.1')
    await once(silent, 'connect')
    const slow = fetch(`http://127.0.0.1:${port}/slow`)
    await asked.promise

    const closed = app.close().then(() => 'closed')
    await once(silent, 'close')
    expect(await Promise.race([closed, setTimeout(200, 'waiting')])).toBe('waiting')
    answering.resolve()
    expect(await (await slow).text()).toBe('done')
    expect(await Promise.race([closed, setTimeout(5_000, 'waiting')])).toBe('closed')
  })
})
