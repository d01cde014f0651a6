import { type ActivityTables, activityTable } from '../activity/activity-tables.ts'
import { type ApprovalTables, approvalTables } from '../approvals/approval-tables.ts'
import { type DatasetTables, datasetTables } from '../datasets/dataset-tables.ts'
import { type EvidenceTables, evidenceTable } from '../evidence/evidence-tables.ts'
import { type IncidentTables, incidentTable } from '../incidents/incident-tables.ts'
import { type ModelTables, modelTables } from '../models/model-tables.ts'
import type { ViewDefinition } from '../read-model/read-model.ts'
import { type SystemTables, systemTables } from '../systems/system-tables.ts'
import { type ViolationTables, violationTable } from '../violations/violation-tables.ts'
import { type FactTables, factTable } from './fact-tables.ts'
import { type IssueTables, issueTable } from './issue-tables.ts'

export type RegisterTables = FactTables &
  IssueTables &
  SystemTables &
  ModelTables &
  DatasetTables &
  ApprovalTables &
  IncidentTables &
  ViolationTables &
  EvidenceTables &
  ActivityTables

/** One view: what the registers show of one event they show at once, and one cursor is cheaper than eight. */
export const registersView: ViewDefinition = {
  name: 'registers',
  tables: [
    factTable,
    issueTable,
    ...systemTables,
    ...modelTables,
    ...datasetTables,
    ...approvalTables,
    incidentTable,
    violationTable,
    evidenceTable,
    activityTable,
  ],
}
