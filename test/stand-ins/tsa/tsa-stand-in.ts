import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { OpensslTsa } from '../../../libs/proof/vectors/openssl-tsa.ts'

/** A timestamp authority over HTTP (RFC 3161 §3.4) that answers by `openssl ts`. */
export class TsaStandIn {
  readonly tsa = new OpensslTsa('p256')
  /** How often it was asked. */
  asked = 0
  private readonly server: Server

  constructor() {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      this.asked++
      const isQuery = request.headers['content-type'] === 'application/timestamp-query'
      response.writeHead(isQuery ? 200 : 415, { 'content-type': 'application/timestamp-reply' })
      response.end(isQuery ? this.tsa.answer(Buffer.concat(chunks)) : '')
    })
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/tsa`
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
    this.tsa.close()
  }
}
