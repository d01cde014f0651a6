import type { EventReader } from '@annal/ledger'
import { Query, Resolver } from '@nestjs/graphql'
import type { ViewsStatus } from './views-status.ts'

@Resolver()
export class LedgerResolver {
  constructor(
    private readonly store: EventReader,
    private readonly views: ViewsStatus,
  ) {}

  @Query('ledger')
  async ledger() {
    return { head: await this.store.head(), views: await this.views.measure() }
  }
}
