import { connect, type Socket } from 'node:net'
import { createInterface, type Interface } from 'node:readline'

/** Speaks to the server over the socket in its data folder, one request after the other. */
export class AdminLine {
  readonly #socket: Socket
  readonly #lines: AsyncIterator<string>
  readonly #reader: Interface

  private constructor(socket: Socket) {
    this.#socket = socket
    this.#reader = createInterface(socket)
    this.#lines = this.#reader[Symbol.asyncIterator]()
  }

  static async open(path: string): Promise<AdminLine> {
    const socket = connect(path)
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return new AdminLine(socket)
  }

  /** @throws Error with what the server said when it refuses. */
  async ask(request: Readonly<Record<string, unknown>>): Promise<string> {
    this.#socket.write(`${JSON.stringify(request)}\n`)
    const { value, done } = await this.#lines.next()
    const answer = done === true ? null : JSON.parse(value)
    if (answer?.status !== 'done')
      throw new Error(`expected the server to carry out ${String(request.command)}, found ${JSON.stringify(answer)}`)
    return answer.text
  }

  /** Sets the clock of the sample forward. */
  async advance(to: number): Promise<void> {
    await this.ask({ command: 'advance-clock', to: new Date(to).toISOString() })
  }

  close(): void {
    this.#reader.close()
    this.#socket.destroy()
  }
}
