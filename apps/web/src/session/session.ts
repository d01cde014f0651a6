import type { Client } from '@urql/core'
import { ask, workspaceClient } from '../graphql/client.ts'
import type { Problem } from '../graphql/problem.ts'
import { type Catalogue, catalogueOf } from './catalogue.ts'
import { openWorkspace, type Viewer, whoAmI } from './session-documents.ts'

/** A signed-in reader in a workspace. */
export interface Session {
  readonly client: Client
  readonly viewer: Viewer
  readonly catalogue: Catalogue
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
  const answer = await ask(client, openWorkspace, {})
  if (answer.status === 'failed') return answer
  const session = { client, viewer: answer.data.viewer, catalogue: catalogueOf(answer.data.eventTypes) }
  opened.set(workspace, session)
  return { status: 'open', session }
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
