import { Activity } from '../activity/activity-projection.ts'
import { refreshApprovals } from '../approvals/approval-projection.ts'
import { evolveSubjects } from '../approvals/approved-subjects.ts'
import { countDatasets, refreshDatasets } from '../datasets/dataset-projection.ts'
import { refreshEvidence } from '../evidence/evidence-projection.ts'
import { refreshIncidents } from '../incidents/incident-projection.ts'
import { refreshDrift } from '../models/drift-projection.ts'
import { countModels, refreshModels } from '../models/model-projection.ts'
import type { ViewTables } from '../read-model/read-model.ts'
import type { Projection } from '../runner/projection.ts'
import { countSystems, refreshSystems } from '../systems/system-projection.ts'
import { refreshViolations } from '../violations/violation-projection.ts'
import { keepFacts } from './facts.ts'
import { saveIssues } from './issues.ts'
import { type RegisterEvent, registerEvent } from './register-event.ts'
import { type RegisterTables, registersView } from './registers-tables.ts'
import { Tallies } from './tallies.ts'

/** The registers, the inbox of approvals, incidents, violations and the activity: what is so now, with the events that say so. */
export function registersProjection(): Projection<RegisterTables> {
  return {
    ...registersView,
    version: 5,
    async apply(tables, recorded) {
      const events = recorded.map(registerEvent)
      await countEvents(tables, events)
      const changed = await keepFacts(tables, events)
      if (changed.length === 0) return
      await refreshSystems(tables, changed)
      await refreshModels(tables, changed)
      await refreshDatasets(tables, changed)
      await refreshEvidence(tables, changed)
      const issues = [
        ...(await refreshDrift(tables, changed)),
        ...(await refreshViolations(tables, changed)),
        ...(await refreshIncidents(tables, changed)),
        ...(await refreshApprovals(tables, changed)),
      ]
      await saveIssues(tables, issues)
      await evolveSubjects(tables, events)
    },
  }
}

/** What every event adds to, whatever it says. */
async function countEvents(tables: ViewTables<RegisterTables>, events: readonly RegisterEvent[]): Promise<void> {
  const systems = new Tallies('aisystem:')
  const models = new Tallies('model:')
  const datasets = new Tallies('dataset:')
  const activity = new Activity()
  for (const event of events) {
    systems.count(event)
    models.count(event)
    datasets.count(event)
    activity.count(event)
  }
  await countSystems(tables, systems)
  await countModels(tables, models)
  await countDatasets(tables, datasets)
  await activity.save(tables)
}
