import type { AnyVariables, Client, TypedDocumentNode } from '@urql/core'
import { type Answer, problemOf } from '../graphql/problem.ts'
import type { DecisionOutcome } from './decisions-documents.ts'

type Sent = Answer<{ readonly result: DecisionOutcome }>

/** Sends a decision. Without an answer it is not known whether it was recorded. */
export async function sendDecision<Variables extends AnyVariables>(
  client: Client,
  document: TypedDocumentNode<{ result: DecisionOutcome }, Variables>,
  variables: Variables,
): Promise<Sent> {
  const { data, error } = await client.mutation(document, variables).toPromise()
  if (error) return { status: 'failed', problem: problemOf(error) }
  if (!data) return { status: 'failed', problem: { kind: 'broken', message: 'The server’s answer holds no data.', correlationId: null } }
  return { status: 'answered', data }
}
