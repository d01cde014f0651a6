import type { Mail } from './mailer.ts'

export interface InvitationMail {
  readonly to: string
  readonly workspace: string
  readonly link: string
  readonly days: number
}

export function invitationMail({ to, workspace, link, days }: InvitationMail): Mail {
  return {
    to,
    subject: `You are invited to ${workspace} on Annal`,
    text: [
      `You are invited to the workspace "${workspace}" of Annal, the audit ledger for AI systems.`,
      `Open this link to sign in. It works once, for ${days} days:`,
      link,
      'Whoever holds the link can sign in as you: do not pass it on. If you did not expect this, delete it.',
    ].join('\n\n'),
  }
}

export interface SignInMail {
  readonly to: string
  readonly links: readonly { readonly workspace: string; readonly link: string }[]
  readonly minutes: number
}

export function signInMail({ to, links, minutes }: SignInMail): Mail {
  return {
    to,
    subject: 'Your link to sign in to Annal',
    text: [
      `Open this link to sign in to Annal. It works once, for ${minutes} minutes:`,
      ...links.map(({ workspace, link }) => (links.length > 1 ? `${workspace}\n${link}` : link)),
      'Whoever holds the link can sign in as you: do not pass it on. If you did not ask for it, delete it; nobody was signed in.',
    ].join('\n\n'),
  }
}

export function addressChangedMail(to: string, workspace: string): Mail {
  return {
    to,
    subject: 'Your address was changed in Annal',
    text: `Links to sign in to the workspace "${workspace}" of Annal go to another address from now on. If that surprises you, tell its administrator at once.`,
  }
}
