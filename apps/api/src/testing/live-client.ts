interface Message {
  readonly type: string
  readonly id?: string
  readonly payload?: {
    readonly data?: { readonly eventAppended?: { readonly position: string; readonly type: string } }
    readonly errors?: readonly unknown[]
  }
}

/** A graphql-ws client with one subscription, as plain as the protocol is. */
export class LiveClient {
  readonly positions: string[] = []
  /** The data of every answer. */
  readonly told: unknown[] = []
  readonly problems: unknown[] = []
  closed: { code: number } | null = null
  private readonly socket: WebSocket
  private readonly listeners = new Set<() => void>()

  constructor(url: string, headers: Record<string, string>, query: string, variables: Record<string, unknown> = {}) {
    this.socket = new WebSocket(url.replace('http', 'ws'), { protocols: ['graphql-transport-ws'], headers } as never)
    this.socket.addEventListener('open', () => this.socket.send(JSON.stringify({ type: 'connection_init' })))
    this.socket.addEventListener('message', ({ data }) => this.receive(JSON.parse(String(data)), query, variables))
    this.socket.addEventListener('close', ({ code }) => {
      this.closed = { code }
      this.changed()
    })
    this.socket.addEventListener('error', (error) => {
      this.problems.push(error)
      this.changed()
    })
  }

  async until(holds: (client: this) => boolean, patience = 8_000): Promise<void> {
    const end = performance.now() + patience
    while (!holds(this)) {
      if (performance.now() > end)
        throw new Error(`expected more from the socket, found ${JSON.stringify([this.positions.length, this.problems, this.closed])}`)
      await new Promise<void>((resolve) => {
        const done = () => {
          this.listeners.delete(done)
          resolve()
        }
        this.listeners.add(done)
        setTimeout(done, 100)
      })
    }
  }

  close(): void {
    this.socket.close()
  }

  private receive(message: Message, query: string, variables: Record<string, unknown>): void {
    if (message.type === 'connection_ack') this.socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }))
    if (message.type === 'next' && message.payload?.data) {
      const { data } = message.payload
      this.told.push(data)
      if (data.eventAppended) this.positions.push(data.eventAppended.position)
    }
    if (message.type === 'error' || message.payload?.errors) this.problems.push(message.payload)
    this.changed()
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener()
  }
}
