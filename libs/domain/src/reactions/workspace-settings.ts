import type { RecordedFact } from '../recorded-fact.ts'

/** What reactions must know of a workspace. A JSON value. */
export interface WorkspaceSettings {
  /** The zone in which legal days end. */
  readonly legalTimeZone: string
  /** By resource. */
  readonly quotas: Readonly<Record<string, Quota>>
}

export interface Quota {
  readonly limit: number
  readonly unit: string
}

export const defaultSettings: WorkspaceSettings = { legalTimeZone: 'UTC', quotas: {} }

/** The types that settings follow. */
export const settingsFollow: ReadonlySet<string> = new Set(['WorkspaceOpened', 'QuotaSet'])

/** The workspace that an event sets something of: that a workspace was opened stands in the log of workspaces. */
export function settingsOf({ type, workspace, data }: Pick<RecordedFact, 'type' | 'workspace' | 'data'>): string {
  return type === 'WorkspaceOpened' ? String(data.workspace) : workspace
}

/** Total over any subset of the record. */
export function evolveSettings(settings: WorkspaceSettings, { type, data }: Pick<RecordedFact, 'type' | 'data'>): WorkspaceSettings {
  switch (type) {
    case 'WorkspaceOpened':
      return { legalTimeZone: knownZone(data.legalTimeZone), quotas: { ...quotasOf(data.quotas), ...settings.quotas } }
    case 'QuotaSet':
      return { ...settings, quotas: { ...settings.quotas, [String(data.resource)]: quotaOf(data) } }
    default:
      return settings
  }
}

/** The zones that this machine was asked for and knows, by the names that they were asked for. */
const zones = new Map<unknown, string>()

/** A zone that this machine doesn't know must not stop what follows from the record. */
function knownZone(zone: unknown): string {
  const known = zones.get(zone)
  if (known !== undefined) return known
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: String(zone) }).resolvedOptions()
    zones.set(zone, timeZone)
    return timeZone
  } catch (error) {
    if (error instanceof RangeError) return defaultSettings.legalTimeZone
    throw error
  }
}

function quotasOf(quotas: unknown): Record<string, Quota> {
  const list: readonly Readonly<Record<string, unknown>>[] = Array.isArray(quotas) ? quotas : []
  return Object.fromEntries(list.map((quota) => [String(quota.resource), quotaOf(quota)]))
}

function quotaOf({ limit, unit }: Readonly<Record<string, unknown>>): Quota {
  return { limit: Number(limit), unit: String(unit) }
}
