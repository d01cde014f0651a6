import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface TakenMail {
  /** As the envelope says, one entry for each recipient. */
  readonly to: readonly string[]
  readonly from: string
  readonly headers: string
  readonly text: string
}

/** An SMTP server that takes every mail and shows it, or refuses. */
export class SmtpStandIn {
  readonly mails: TakenMail[] = []
  refuses = false
  private readonly server: SMTPServer

  constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onRcptTo: ({ address }, _session, done) => done(this.refuses ? new Error(`550 no mailbox ${address} here`) : null),
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
          this.mails.push({ to: envelope.rcptTo.map(({ address }) => address), from, ...parse(Buffer.concat(chunks).toString('utf8')) })
          done()
        })
      },
    })
    this.server.on('error', () => undefined)
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`
  }

  /** The links in the newest mail to this address. */
  linksTo(address: string): string[] {
    const mail = this.mails.findLast(({ to }) => to.includes(address))
    return [...(mail?.text ?? '').matchAll(/http\S+\/sign-in#\S+/g)].map(([link]) => link)
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve))
  }
}

function parse(mail: string): { headers: string; text: string } {
  const end = mail.indexOf('\r\n\r\n')
  const headers = mail.slice(0, end)
  const body = mail.slice(end + 4)
  return { headers, text: /^content-transfer-encoding: quoted-printable$/im.test(headers) ? quotedPrintable(body) : body }
}

function quotedPrintable(text: string): string {
  const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
