import { eventTypes } from '@annal/domain'
import { Context, Query, Resolver } from '@nestjs/graphql'
import type { ServerClock } from '../clock/server-clock.ts'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import type { Caller } from './caller.ts'
import type { Directory } from './directory.ts'
import type { PeopleDirectory } from './people-directory.ts'

/** What a caller may know of himself and of the vocabulary. */
@Resolver()
export class ViewerResolver {
  private readonly descriptions = eventTypes.map(({ name, version, stream, description, decision, material, evidence, example }) => ({
    name,
    version,
    stream,
    description,
    decision,
    material,
    evidence,
    example,
  }))

  constructor(
    private readonly directory: Directory,
    private readonly people: PeopleDirectory,
    private readonly clock: ServerClock,
  ) {}

  @Query('viewer')
  viewer(@Context() { caller }: RequestContext) {
    const { kind, id } = caller.actor
    return {
      kind: kind === 'person' ? 'PERSON' : 'SERVICE',
      id,
      name: kind === 'person' ? () => this.nameOf(caller) : null,
      role: caller.role,
      roles: caller.roles,
      workspace: this.directory.workspace(caller.workspace),
      clock: this.clock.instant(),
    }
  }

  private async nameOf({ workspace, actor }: Caller): Promise<string | null> {
    return (await this.people.entry(workspace, actor.id))?.name ?? null
  }

  @Query('eventTypes')
  eventTypes() {
    return this.descriptions
  }
}
