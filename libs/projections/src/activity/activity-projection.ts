import type { ViewTables } from '../read-model/read-model.ts'
import type { RegisterEvent } from '../registers/register-event.ts'
import type { ActivityTables } from './activity-tables.ts'

const SYSTEM = 'aisystem:'
const counted = ['incidents', 'violations', 'deployments', 'decisions'] as const

const columnOf: Readonly<Record<string, (typeof counted)[number] | undefined>> = {
  IncidentReported: 'incidents',
  ViolationRecorded: 'violations',
  VersionDeployed: 'deployments',
  DecisionMade: 'decisions',
}

interface Day {
  readonly workspace: string
  readonly system: string
  readonly date: string
  events: number
  incidents: number
  violations: number
  deployments: number
  decisions: number
}

/** What a batch adds to the days of workspaces and systems. */
export class Activity {
  readonly #days = new Map<string, Day>()

  count({ workspace, about, occurred, recorded }: RegisterEvent): void {
    const date = dateOf(occurred)
    const column = columnOf[recorded.type]
    this.#add(workspace, '', date, column)
    for (const reference of about)
      if (reference.startsWith(SYSTEM) && !reference.includes('@')) this.#add(workspace, reference.slice(SYSTEM.length), date, column)
  }

  async save(tables: ViewTables<ActivityTables>): Promise<void> {
    const columns = ['workspace', 'system', 'date', 'events', ...counted] as const
    const rows = [...this.#days.values()].map((day) => columns.map((column) => day[column]))
    const sum = { events: 'sum', incidents: 'sum', violations: 'sum', deployments: 'sum', decisions: 'sum' } as const
    await tables.upsert('day', columns, rows, sum)
  }

  #add(workspace: string, system: string, date: string, column: (typeof counted)[number] | undefined): void {
    const key = `${workspace} ${system} ${date}`
    let day = this.#days.get(key)
    if (!day) {
      day = { workspace, system, date, events: 0, incidents: 0, violations: 0, deployments: 0, decisions: 0 }
      this.#days.set(key, day)
    }
    day.events++
    if (column !== undefined) day[column]++
  }
}

const DAY = 86_400_000
let lastDay = Number.NaN
let lastDate = ''

/** Events come day by day. */
function dateOf(instant: number): string {
  const day = Math.floor(instant / DAY)
  if (day !== lastDay) {
    lastDay = day
    lastDate = new Date(instant).toISOString().slice(0, 10)
  }
  return lastDate
}
