import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { caughtUp } from './caught-up.ts'

/** What a session may ask once the dashboard is built. */
const persisted = resolve(import.meta.dirname, '../../apps/web/dist/persisted-documents.json')
/** In ms: a server counts what its views don't show yet by reading it. */
const SELDOM = 1_000
const OPEN = 'mutation OpenWorkspace($input: OpenWorkspaceInput!) { openWorkspace(input: $input) { ... on Workspace { id } } }'

/**
 * Opens a workspace once the views show everything that others recorded in the store; gives its id.
 * @param cookie of the administrator's session, who becomes the workspace's. @param key of an auditor.
 */
export async function openOwnWorkspace(url: string, cookie: string, key: string): Promise<string> {
  await caughtUp(url, key, SELDOM)
  const documents: string[] = existsSync(persisted) ? Object.values(JSON.parse(readFileSync(persisted, 'utf8'))) : []
  const query = documents.find((document) => document.startsWith('mutation OpenWorkspace(')) ?? OPEN
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie },
    body: JSON.stringify({ query, variables: { input: { name: 'Default workspace' } } }),
  })
  const { data } = (await answer.json()) as { data?: { openWorkspace: { id?: string } } }
  if (data?.openWorkspace.id === undefined)
    throw new Error(`expected a workspace to be opened, found ${answer.status} ${JSON.stringify(data)}`)
  return data.openWorkspace.id
}
