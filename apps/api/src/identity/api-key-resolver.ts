import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { TypedError } from '../http/typed-error.ts'
import { pageSize } from '../trail/page-request.ts'
import type { ApiKeyRecord } from './api-key.ts'
import type { ApiKeys } from './api-keys.ts'
import type { Role } from './caller.ts'
import type { Directory } from './directory.ts'

interface IssueInput {
  readonly name: string
  readonly role: Role
  readonly expiresAt?: string | null
  readonly requestsPerSecond?: number | null
}

@Resolver()
export class ApiKeyResolver {
  constructor(
    private readonly keys: ApiKeys,
    private readonly directory: Directory,
  ) {}

  @Query('apiKeys')
  apiKeys(@Args() { first, after }: { first?: number | null; after?: string | null }, @Context() { caller }: RequestContext) {
    const all = this.directory.keysOf(caller.workspace)
    const isContinued = after !== null && after !== undefined
    const start = isContinued ? all.findIndex(({ id }) => id === after) + 1 : 0
    if (isContinued && start === 0) throw new TypedError('BAD_USER_INPUT', 'A cursor must be one that was given out.')
    const shown = all.slice(start, start + pageSize(first))
    const edges = shown.map((key) => ({ cursor: key.id, node: present(key) }))
    const hasNextPage = start + shown.length < all.length
    return {
      edges,
      pageInfo: {
        hasNextPage,
        hasPreviousPage: start > 0,
        startCursor: edges.at(0)?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    }
  }

  @Mutation('issueApiKey')
  async issueApiKey(@Args('input') input: IssueInput, @Context() { caller }: RequestContext) {
    const { name, role, expiresAt = null, requestsPerSecond = null } = input
    const outcome = await this.keys.issue({ workspace: caller.workspace, actor: caller.actor, name, role, expiresAt, requestsPerSecond })
    switch (outcome.status) {
      case 'issued':
        return { __typename: 'IssuedApiKey', key: present(outcome.key), secret: outcome.secret }
      case 'refused':
        return { __typename: 'InvalidApiKeyRequest', message: outcome.message }
    }
  }

  @Mutation('revokeApiKey')
  async revokeApiKey(@Args('input') input: { id: string; reason?: string | null }, @Context() { caller }: RequestContext) {
    const outcome = await this.keys.revoke(caller.workspace, caller.actor, input.id, input.reason ?? null)
    switch (outcome.status) {
      case 'revoked':
        return { __typename: 'RevokedApiKey', key: present(outcome.key) }
      case 'not-found':
        return { __typename: 'ApiKeyNotFound', message: outcome.message }
    }
  }
}

function present({ id, name, role, issuedAt, issuedBy, expiresAt, revokedAt }: ApiKeyRecord) {
  return { id, name, role, issuedAt, issuedBy, expiresAt, revokedAt }
}
