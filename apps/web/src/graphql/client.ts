import { type AnyVariables, type Client, createClient, type Exchange, fetchExchange, type TypedDocumentNode } from '@urql/core'
import { type Answer, problemOf } from './problem.ts'

/** A client of one workspace's API; of the session's own workspace when none is named. The session's cookie is the credential. */
export function workspaceClient(workspace: string | null, between: readonly Exchange[] = []): Client {
  return createClient({
    url: graphqlPath(workspace),
    // Documents go out exactly as they are in the build's manifest: a cache would add fields to them.
    exchanges: [...between, fetchExchange],
    fetchOptions: { credentials: 'same-origin' },
    preferGetMethod: false,
  })
}

export function graphqlPath(workspace: string | null): string {
  return workspace === null ? '/graphql' : `/w/${encodeURIComponent(workspace)}/graphql`
}

/** Asks once. A failure is an answer, never thrown. */
export async function ask<Data, Variables extends AnyVariables>(
  client: Client,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const { data, error } = await client.query(document, variables).toPromise()
  if (error) return { status: 'failed', problem: problemOf(error) }
  if (data === undefined || data === null) {
    return { status: 'failed', problem: { kind: 'broken', message: 'The server’s answer holds no data.', correlationId: null } }
  }
  return { status: 'answered', data }
}
