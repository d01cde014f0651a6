import { inviteDocument, signInLinkDocument } from '../../apps/api/src/clock/sample-documents.ts'
import type { AdminLine } from './admin-line.ts'
import type { Api, Credential } from './api.ts'
import type { SampleNotes } from './sample-notes.ts'

export interface Person {
  readonly key: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly title: string
}

type People = SampleNotes['people']

/** Invites whoever isn't there yet, as the administrator would, and signs everybody in by a link of his own. */
export async function bringPeople(people: readonly Person[], known: People, around: { api: Api; admin: AdminLine }): Promise<People> {
  const { api, admin } = around
  const brought: Record<string, { id: string; cookie: string }> = {}
  let administrator: Credential | null = null
  for (const person of people) {
    const before = known[person.key]
    if (before !== undefined && (await isSignedIn(api, before.cookie))) {
      brought[person.key] = before
      continue
    }
    administrator ??= await api.signIn(await admin.ask({ command: 'sign-in-link' }))
    const { id, link } = before === undefined ? await invite(api, administrator, person) : await newLink(api, administrator, before.id)
    brought[person.key] = { id, ...(await api.signIn(link)) }
  }
  return brought
}

/** The server knows the session, whether or not it takes the document. */
async function isSignedIn(api: Api, cookie: string): Promise<boolean> {
  try {
    await api.graphql({ cookie }, signInLinkDocument, { person: 'per_nobody' })
    return true
  } catch (error) {
    if (String(error).includes('UNAUTHENTICATED')) return false
    throw error
  }
}

interface Linked {
  readonly id: string
  readonly link: string
}

interface InviteAnswer {
  readonly invitePerson: { readonly link?: string | null; readonly invitation?: { readonly person: string }; readonly message?: string }
}

async function invite(api: Api, administrator: Credential, { email, name, role, title }: Person): Promise<Linked> {
  const { invitePerson } = await api.graphql<InviteAnswer>(administrator, inviteDocument, { input: { email, name, role, title } })
  const { link, invitation, message } = invitePerson
  if (!link || invitation === undefined)
    throw new Error(`expected an invitation of ${email} with a link, found ${message ?? 'one that went by e-mail'}`)
  return { id: invitation.person, link }
}

interface LinkAnswer {
  readonly issueSignInLink: { readonly link?: string | null; readonly message?: string }
}

async function newLink(api: Api, administrator: Credential, person: string): Promise<Linked> {
  const { issueSignInLink } = await api.graphql<LinkAnswer>(administrator, signInLinkDocument, { person })
  if (!issueSignInLink.link)
    throw new Error(`expected a sign-in link for ${person}, found ${issueSignInLink.message ?? 'one that went by e-mail'}`)
  return { id: person, link: issueSignInLink.link }
}
