import type { Client } from '@urql/core'
import { ask, workspaceClient } from '../graphql/client.ts'
import type { Answer, Problem } from '../graphql/problem.ts'
import { type Catalogue, catalogueOf } from './catalogue.ts'
import { type EventTypeDescription, openShared, openWorkspace, type Viewer, whoAmI } from './session-documents.ts'

/** A signed-in reader in a workspace. */
export interface Session {
  readonly client: Client
  readonly viewer: Viewer
  readonly catalogue: Catalogue
  /** The record's clock, or the instant as of which is read; a sample organisation's is simulated. */
  readonly now: () => Date
  /** As of when is read; null: now. */
  readonly asOf: string | null
  /** The reader stands in the past: nothing is recorded from there, nor from the pages that show now all the same. */
  readonly inPast: boolean
  /** What its links carry beside where they lead; what is missing is as the reader's own link has it. */
  readonly carried: Readonly<Record<string, string | undefined>>
}

export type OpenedSession =
  | { readonly status: 'open'; readonly session: Session }
  | { readonly status: 'failed'; readonly problem: Problem }

/** Opened once for each workspace, then answered from here. A failure is not kept. */
const opened = new Map<string, Session>()

export async function openSession(workspace: string): Promise<OpenedSession> {
  const known = opened.get(workspace)
  if (known) return { status: 'open', session: known }
  const client = workspaceClient(workspace)
  const answer = await askForWorkspace(client)
  if (answer.status === 'failed') return answer
  const { viewer, eventTypes } = answer.data
  const ahead = Date.parse(viewer.clock) - Date.now()
  const session = {
    client,
    viewer,
    catalogue: catalogueOf(eventTypes),
    now: () => new Date(Date.now() + ahead),
    asOf: null,
    inPast: false,
    carried: {},
  }
  opened.set(workspace, session)
  return { status: 'open', session }
}

/** A regulator may not read the vocabulary: the session opens without it. */
async function askForWorkspace(client: Client): Promise<Answer<{ viewer: Viewer; eventTypes: readonly EventTypeDescription[] }>> {
  const whole = await ask(client, openWorkspace, {})
  if (whole.status === 'answered' || whole.problem.kind !== 'not-allowed') return whole
  const shared = await ask(client, openShared, {})
  return shared.status === 'failed' ? whole : { status: 'answered', data: { viewer: shared.data.viewer, eventTypes: [] } }
}

/** The workspace of the session's cookie. */
export async function ownWorkspace(): Promise<
  { readonly status: 'found'; readonly id: string } | { readonly status: 'failed'; readonly problem: Problem }
> {
  const answer = await ask(workspaceClient(null), whoAmI, {})
  return answer.status === 'failed' ? answer : { status: 'found', id: answer.data.viewer.workspace.id }
}

/** Ends the session at the server and forgets what was read in it. */
export async function signOut(): Promise<{ readonly status: 'signed-out' } | { readonly status: 'failed' }> {
  try {
    const response = await fetch('/session', { method: 'DELETE', credentials: 'same-origin' })
    if (!response.ok && response.status !== 401) return { status: 'failed' }
    opened.clear()
    return { status: 'signed-out' }
  } catch (error) {
    console.warn('The server can’t be reached to sign out.', error)
    return { status: 'failed' }
  }
}
