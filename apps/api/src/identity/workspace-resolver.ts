import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import type { Directory } from './directory.ts'
import type { OpenWorkspaceRequest, WorkspaceDesk } from './workspace-desk.ts'

@Resolver()
export class WorkspaceResolver {
  constructor(
    private readonly directory: Directory,
    private readonly desk: WorkspaceDesk,
    private readonly now: () => string,
  ) {}

  @Query('myWorkspaces')
  myWorkspaces(@Context() { caller }: RequestContext) {
    return this.directory.memberships(caller.actor.id, this.now())
  }

  @Mutation('openWorkspace')
  async openWorkspace(@Args('input') input: OpenWorkspaceRequest, @Context() { caller }: RequestContext) {
    const outcome = await this.desk.open(input, caller)
    switch (outcome.status) {
      case 'opened':
        return { __typename: 'Workspace', ...outcome.workspace }
      case 'invalid':
        return { __typename: 'InvalidInput', message: outcome.message, path: outcome.path }
    }
  }
}
