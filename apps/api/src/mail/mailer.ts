export interface Mail {
  /** One address. */
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** `reason`: what the operator needs to know; no address, no text. */
export type MailOutcome = { readonly status: 'sent' } | { readonly status: 'failed'; readonly reason: string }

/** Sends mail, or says why not. Never throws for what an SMTP server does. */
export interface Mailer {
  send(mail: Mail): Promise<MailOutcome>
  close(): void
}

export interface MailSettings {
  /** `smtp://user:password@host:587` (TLS if the server offers it) or `smtps://…` (TLS from the start). */
  readonly smtpUrl: string
  /** `Annal <annal@example.org>` or an address. */
  readonly from: string
}

/** In ms: who waits for an invitation to be sent doesn't wait longer. */
const PATIENCE = 10_000

/** Its library is loaded where mail is configured only: it is large. */
export async function openMailer({ smtpUrl, from }: MailSettings): Promise<Mailer> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(
    {
      url: smtpUrl,
      connectionTimeout: PATIENCE,
      greetingTimeout: PATIENCE,
      socketTimeout: PATIENCE,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  return {
    send: async ({ to, subject, text }) => {
      try {
        await transport.sendMail({ to: { name: '', address: to }, subject, text })
        return { status: 'sent' }
      } catch (error) {
        return { status: 'failed', reason: reasonOf(error) }
      }
    },
    close: () => transport.close(),
  }
}

/** An SMTP server's sentences hold addresses; its codes don't. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { code, responseCode, command } = error as Error & { code?: string; responseCode?: number; command?: string }
  const parts = [code, responseCode, command].filter((part) => part !== undefined)
  return parts.length > 0 ? parts.join(' ') : error.name
}
