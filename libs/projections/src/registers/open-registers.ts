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
}

export type Registers = ReturnType<typeof openRegisters>

/** Answers from what the projection has written so far. Every answer is plain values: they can be sent to another thread. */
export function openRegisters({ views, open }: RegistersOptions) {
  const within = <T>(work: (tables: Tables) => Promise<T>): Promise<T> =>
    views.transaction(async (session) => {
      const live = await liveGeneration(session, registersView.name)
      if (!live) throw new Error('expected a view of the registers, found none')
      return work(session.tables<RegisterTables>(registersView, live.generation))
    })
  return {
    overview: (asking: Asking, voter: Voter) => within((tables) => overviewOf(tables, open, asking, voter)),
    activity: (asking: Asking, system: string | null, days: { readonly from: string; readonly to: string }) =>
      within((tables) => activityBetween(tables, asking, system, days)),

    systems: (asking: Asking, filter: SystemFilter, page: PageRequest & { readonly sort: SystemSort }) =>
      within((tables) => systemsPage(tables, asking, filter, page)),
    countSystems: (asking: Asking, filter: SystemFilter) => within((tables) => countSystemsFound(tables, asking, filter)),
    system: (asking: Asking, id: string) => within((tables) => systemOf(tables, asking, id)),
    modelsOfSystem: (asking: Asking, id: string) => within((tables) => deploymentsOfSystem(tables, asking, id)),
    dependenciesOfSystem: (asking: Asking, id: string) => within((tables) => dependenciesOfSystem(tables, asking, id)),
    documentsOfSystem: (asking: Asking, id: string) => within((tables) => documentsOfSystem(tables, asking, id)),

    models: (asking: Asking, filter: ModelFilter, page: PageRequest) => within((tables) => modelsPage(tables, asking, filter, page)),
    countModels: (asking: Asking, filter: ModelFilter) => within((tables) => countModelsFound(tables, asking, filter)),
    model: (asking: Asking, id: string) => within((tables) => modelOf(tables, asking, id)),
    versionsOfModel: (asking: Asking, id: string, page: PageRequest) => within((tables) => versionsOfModel(tables, asking, id, page)),
    deploymentsOfModel: (asking: Asking, id: string) => within((tables) => deploymentsOfModel(tables, asking, id)),

    datasets: (asking: Asking, filter: DatasetFilter, page: PageRequest) => within((tables) => datasetsPage(tables, asking, filter, page)),
    countDatasets: (asking: Asking, filter: DatasetFilter) => within((tables) => countDatasetsFound(tables, asking, filter)),
    dataset: (asking: Asking, id: string) => within((tables) => datasetOf(tables, asking, id)),
    versionsOfDataset: (asking: Asking, id: string, page: PageRequest) => within((tables) => versionsOfDataset(tables, asking, id, page)),
    usersOfDataset: (asking: Asking, id: string) => within((tables) => usersOfDataset(tables, asking, id)),

    approvals: (asking: Asking, voter: Voter, filter: ApprovalFilter, page: PageRequest) =>
      within((tables) => approvalsPage({ tables, open, asking, voter }, filter, page)),
    countApprovals: (asking: Asking, voter: Voter, filter: ApprovalFilter) =>
      within((tables) => countApprovalsFound({ tables, open, asking, voter }, filter)),
    approval: (asking: Asking, voter: Voter, id: string) => within((tables) => approvalOf({ tables, open, asking, voter }, id)),

    incidents: (asking: Asking, filter: IncidentFilter, page: IncidentPageRequest) =>
      within((tables) => incidentsPage({ tables, open, asking }, filter, page)),
    countIncidents: (asking: Asking, filter: IncidentFilter) => within((tables) => countIncidentsFound({ tables, open, asking }, filter)),
    incident: (asking: Asking, id: string) => within((tables) => incidentOf({ tables, open, asking }, id)),

    violations: (asking: Asking, filter: ViolationFilter, page: PageRequest) =>
      within((tables) => violationsPage(tables, open, { ...asking, filter, ...page })),
    countViolations: (asking: Asking, filter: ViolationFilter) => within((tables) => countViolationsFound(tables, asking, filter)),
  }
}
