import { eventTypes } from '@annal/domain'
import { Context, Query, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import type { Directory } from './directory.ts'

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

  constructor(private readonly directory: Directory) {}

  @Query('viewer')
  viewer(@Context() { caller }: RequestContext) {
    const { kind, id } = caller.actor
    return { kind: kind === 'person' ? 'PERSON' : 'SERVICE', id, role: caller.role, workspace: this.directory.workspace(caller.workspace) }
  }

  @Query('eventTypes')
  eventTypes() {
    return this.descriptions
  }
}
