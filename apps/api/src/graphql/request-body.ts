import { TypedError } from '../http/typed-error.ts'
import type { Caller } from '../identity/caller.ts'
import type { Variables } from './operation.ts'
import type { PersistedDocuments } from './persisted-documents.ts'

export interface GraphqlRequest {
  readonly source: string
  readonly operationName: string | undefined
  readonly variables: Variables
}

/** The operation that a body asks for: a document, or the SHA-256 of a persisted one. Sessions may send persisted documents only. */
export function readGraphqlRequest(body: unknown, caller: Caller, persisted: PersistedDocuments): GraphqlRequest {
  if (!isObject(body)) throw new TypedError('BAD_REQUEST', 'The body must be a JSON object with a `query`.')
  const { operationName, variables } = body
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw new TypedError('BAD_REQUEST', '`operationName` must be a string.')
  if (variables !== undefined && variables !== null && !isObject(variables))
    throw new TypedError('BAD_REQUEST', '`variables` must be an object.')
  return { source: sourceOf(body, caller, persisted), operationName: operationName ?? undefined, variables: variables ?? {} }
}

function sourceOf({ query, extensions }: Variables, caller: Caller, persisted: PersistedDocuments): string {
  const hash = persistedHash(extensions)
  if (hash !== null) return persisted.find(hash)
  if (typeof query !== 'string') throw new TypedError('BAD_REQUEST', '`query` must be a GraphQL document.')
  if (caller.via === 'session') persisted.refuseFree(query)
  return query
}

function persistedHash(extensions: unknown): string | null {
  if (!isObject(extensions) || !isObject(extensions.persistedQuery)) return null
  return String(extensions.persistedQuery.sha256Hash)
}

function isObject(value: unknown): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
