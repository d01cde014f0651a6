import { Args, Context, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql'
import { connection } from '../graphql/connection.ts'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import type { Role } from '../identity/caller.ts'
import { pageSize } from '../trail/page-request.ts'
import type { PackDesk } from './pack-desk.ts'
import { type PackScopeInput, readScope } from './read-scope.ts'
import type { ShareRequest } from './share-packs.ts'

interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
}

interface ExportInput {
  readonly id: string
  readonly scope: PackScopeInput
  readonly purpose: string
  readonly withNames: boolean
  readonly recipient?: string | null
}

interface ShareInput {
  readonly id: string
  readonly pack: string
  readonly person?: string | null
  readonly role?: Role | null
  readonly until?: string
  readonly reason?: string | null
}

/** Evidence packs: what one would hold, making it, and whom it is shared with. */
@Resolver()
export class PackResolver {
  constructor(private readonly desk: PackDesk) {}

  @Query('packPreview')
  async packPreview(@Args('scope') input: PackScopeInput, @Context() { caller }: RequestContext) {
    return this.desk.preview(caller, input)
  }

  @Query('packs')
  async packs(@Args() { first, after }: PageArguments, @Context() { caller }: RequestContext) {
    return connection(await this.desk.exported(caller.workspace, after ?? null, pageSize(first)))
  }

  @Query('sharedPacks')
  async sharedPacks(@Args() { first, after }: PageArguments, @Context() { caller }: RequestContext) {
    return connection(await this.desk.sharedWith(caller, after ?? null, pageSize(first)))
  }

  @Query('pack')
  pack(@Args('id') id: string, @Context() { caller }: RequestContext) {
    return this.desk.find(caller, id)
  }

  @Mutation('exportPack')
  async exportPack(@Args('input') input: ExportInput, @Context() { caller }: RequestContext) {
    const scope = readScope(input.scope, caller.workspace)
    if (scope.status === 'refused') return { __typename: 'InvalidInput', message: scope.message, path: scope.path }
    return this.desk.export(caller, { ...input, scope: scope.scope, recipient: input.recipient ?? null })
  }

  @Mutation('sharePack')
  sharePack(@Args('input') input: ShareInput, @Context() { caller }: RequestContext) {
    return this.desk.share(caller, request(input))
  }

  @Mutation('revokePackShare')
  revokePackShare(@Args('input') input: ShareInput, @Context() { caller }: RequestContext) {
    return this.desk.revokeShare(caller, request(input))
  }

  @Subscription('packProgress', { resolve: (pack: unknown) => pack })
  packProgress(@Args('id') id: string, @Context() { caller, signal }: RequestContext & { signal: AbortSignal }) {
    return this.desk.follow(caller, id, signal)
  }
}

function request({ id, pack, person, role, until, reason }: ShareInput): ShareRequest {
  return { id, pack, person: person ?? null, role: role ?? null, until: until ?? null, reason: reason ?? null }
}
