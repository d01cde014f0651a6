import type { Registers } from '@annal/projections'
import type { ServerClock } from '../clock/server-clock.ts'
import type { AsOf } from '../past/as-of.ts'
import type { ViewsStatus } from '../serve/views-status.ts'
import { ApprovalResolver } from './approval-resolver.ts'
import { AskRegisters } from './ask-registers.ts'
import { DatasetResolver } from './dataset-resolver.ts'
import { IncidentResolver } from './incident-resolver.ts'
import { ModelResolver } from './model-resolver.ts'
import { OverviewResolver } from './overview-resolver.ts'
import { SystemResolver } from './system-resolver.ts'

export interface RegisterSurroundings {
  readonly registers: Registers
  readonly views: Pick<ViewsStatus, 'reached'>
  readonly clock: Pick<ServerClock, 'instant'>
  readonly asOf: AsOf
}

/** What answers the queries of `schema/registers.graphql`. */
export function registerResolvers({ registers, views, clock, asOf }: RegisterSurroundings): object[] {
  const ask = new AskRegisters(views, clock, asOf)
  return [
    new OverviewResolver(registers, ask),
    new SystemResolver(registers, ask),
    new ModelResolver(registers, ask),
    new DatasetResolver(registers, ask),
    new ApprovalResolver(registers, ask),
    new IncidentResolver(registers, ask),
  ]
}
