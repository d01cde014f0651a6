import { activityBetween } from '../activity/activity-queries.ts'
import { type ApprovalFilter, approvalOf, approvalsPage, countApprovalsFound } from '../approvals/approval-queries.ts'
import type { Voter } from '../approvals/approval-status.ts'
import type { OpenEvents } from '../audit-trail/text-projection.ts'
import {
  countDatasetsFound,
  type DatasetFilter,
  datasetOf,
  datasetsPage,
  usersOfDataset,
  versionsOfDataset,
} from '../datasets/dataset-queries.ts'
import {
  countIncidentsFound,
  type IncidentFilter,
  type IncidentPageRequest,
  incidentOf,
  incidentsPage,
} from '../incidents/incident-queries.ts'
import { deploymentsOfModel, deploymentsOfSystem } from '../models/deployed-models.ts'
import { countModelsFound, type ModelFilter, modelOf, modelsPage, versionsOfModel } from '../models/model-queries.ts'
import { overviewOf } from '../overview/overview-queries.ts'
import type { OpenPasts } from '../past/open-pasts.ts'
import type { ReadModel } from '../read-model/read-model.ts'
import { liveGeneration } from '../runner/view-registry.ts'
import {
  countSystemsFound,
  dependenciesOfSystem,
  documentsOfSystem,
  type SystemFilter,
  type SystemSort,
  systemOf,
  systemsPage,
} from '../systems/system-queries.ts'
import { countViolationsFound, type ViolationFilter, violationsPage } from '../violations/violation-queries.ts'
import type { PageRequest } from './register-page.ts'
import type { Asking, Tables } from './register-reader.ts'
import { type RegisterTables, registersView } from './registers-tables.ts'

export interface RegistersOptions {
  /** Where the registers' projection writes. */
  readonly views: ReadModel
  /** Opens what people wrote, with the keys that still exist. */
  readonly open: OpenEvents
  /** Where those of the past are; without it none is asked for. */
  readonly pasts?: OpenPasts
}

export type Registers = ReturnType<typeof openRegisters>

/** Answers from what the projection has written so far. Every answer is plain values: they can be sent to another thread. */
export function openRegisters({ views, open, pasts }: RegistersOptions) {
  const within = <T>({ workspace, past }: Asking, work: (tables: Tables) => Promise<T>): Promise<T> => {
    if (past === undefined) return withTables(views, work)
    if (pasts === undefined) throw new Error('expected nobody to ask for a past, found somebody who does')
    return pasts.within({ workspace, prefix: past }, (readModel) => withTables(readModel, work))
  }
  return {
    overview: (asking: Asking, voter: Voter) => within(asking, (tables) => overviewOf(tables, open, asking, voter)),
    activity: (asking: Asking, system: string | null, days: { readonly from: string; readonly to: string }) =>
      within(asking, (tables) => activityBetween(tables, asking, system, days)),

    systems: (asking: Asking, filter: SystemFilter, page: PageRequest & { readonly sort: SystemSort }) =>
      within(asking, (tables) => systemsPage(tables, asking, filter, page)),
    countSystems: (asking: Asking, filter: SystemFilter) => within(asking, (tables) => countSystemsFound(tables, asking, filter)),
    system: (asking: Asking, id: string) => within(asking, (tables) => systemOf(tables, asking, id)),
    modelsOfSystem: (asking: Asking, id: string) => within(asking, (tables) => deploymentsOfSystem(tables, asking, id)),
    dependenciesOfSystem: (asking: Asking, id: string) => within(asking, (tables) => dependenciesOfSystem(tables, asking, id)),
    documentsOfSystem: (asking: Asking, id: string) => within(asking, (tables) => documentsOfSystem(tables, asking, id)),

    models: (asking: Asking, filter: ModelFilter, page: PageRequest) =>
      within(asking, (tables) => modelsPage(tables, asking, filter, page)),
    countModels: (asking: Asking, filter: ModelFilter) => within(asking, (tables) => countModelsFound(tables, asking, filter)),
    model: (asking: Asking, id: string) => within(asking, (tables) => modelOf(tables, asking, id)),
    versionsOfModel: (asking: Asking, id: string, page: PageRequest) =>
      within(asking, (tables) => versionsOfModel(tables, asking, id, page)),
    deploymentsOfModel: (asking: Asking, id: string) => within(asking, (tables) => deploymentsOfModel(tables, asking, id)),

    datasets: (asking: Asking, filter: DatasetFilter, page: PageRequest) =>
      within(asking, (tables) => datasetsPage(tables, asking, filter, page)),
    countDatasets: (asking: Asking, filter: DatasetFilter) => within(asking, (tables) => countDatasetsFound(tables, asking, filter)),
    dataset: (asking: Asking, id: string) => within(asking, (tables) => datasetOf(tables, asking, id)),
    versionsOfDataset: (asking: Asking, id: string, page: PageRequest) =>
      within(asking, (tables) => versionsOfDataset(tables, asking, id, page)),
    usersOfDataset: (asking: Asking, id: string) => within(asking, (tables) => usersOfDataset(tables, asking, id)),

    approvals: (asking: Asking, voter: Voter, filter: ApprovalFilter, page: PageRequest) =>
      within(asking, (tables) => approvalsPage({ tables, open, asking, voter }, filter, page)),
    countApprovals: (asking: Asking, voter: Voter, filter: ApprovalFilter) =>
      within(asking, (tables) => countApprovalsFound({ tables, open, asking, voter }, filter)),
    approval: (asking: Asking, voter: Voter, id: string) => within(asking, (tables) => approvalOf({ tables, open, asking, voter }, id)),

    incidents: (asking: Asking, filter: IncidentFilter, page: IncidentPageRequest) =>
      within(asking, (tables) => incidentsPage({ tables, open, asking }, filter, page)),
    countIncidents: (asking: Asking, filter: IncidentFilter) =>
      within(asking, (tables) => countIncidentsFound({ tables, open, asking }, filter)),
    incident: (asking: Asking, id: string) => within(asking, (tables) => incidentOf({ tables, open, asking }, id)),

    violations: (asking: Asking, filter: ViolationFilter, page: PageRequest) =>
      within(asking, (tables) => violationsPage(tables, open, { ...asking, filter, ...page })),
    countViolations: (asking: Asking, filter: ViolationFilter) => within(asking, (tables) => countViolationsFound(tables, asking, filter)),
  }
}

function withTables<T>(readModel: ReadModel, work: (tables: Tables) => Promise<T>): Promise<T> {
  return readModel.transaction(async (session) => {
    const live = await liveGeneration(session, registersView.name)
    if (!live) throw new Error('expected a view of the registers, found none')
    return work(session.tables<RegisterTables>(registersView, live.generation))
  })
}
