import { defaultSettings, evolveSettings } from '@annal/domain'
import type { ViewTables } from '../read-model/read-model.ts'
import type { FactTables } from './fact-tables.ts'
import { lastFact } from './facts.ts'

/** In which a workspace's legal days end: it was said when it was opened, in the log of workspaces. */
export async function legalTimeZoneOf(tables: ViewTables<FactTables>, workspace: string): Promise<string> {
  const opened = await lastFact(tables, { workspace: 'system', thing: `workspace:${workspace}`, type: 'WorkspaceOpened', key: workspace })
  if (opened === null) return defaultSettings.legalTimeZone
  return evolveSettings(defaultSettings, { type: opened.type, data: opened.content }).legalTimeZone
}
