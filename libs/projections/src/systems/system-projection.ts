import type { ViewTables } from '../read-model/read-model.ts'
import type { FactTables } from '../registers/fact-tables.ts'
import { type Fact, idOf, isLater, lastFact, thingsOf } from '../registers/facts.ts'
import { foldText } from '../registers/fold-text.ts'
import { wordIn } from '../registers/register-event.ts'
import { mergeTally, NOTHING_COUNTED, TALLY, type Tallies } from '../registers/tallies.ts'
import type { SystemTables } from './system-tables.ts'

type Tables = ViewTables<SystemTables & FactTables>

/** What a system's page shows besides what the register sorts and filters by. */
export interface SystemFacts {
  readonly purpose: string | null
  readonly region: string | null
  readonly serviceTier: string | null
  readonly annexIIIPoint: string | null
  readonly provenBy: readonly FactSource[]
}

interface FactSource {
  readonly fact: string
  readonly event: string
  /** Milliseconds since 1970. */
  readonly occurred: number
}

const ISSUES = ['incidents', 'violations', 'drift', 'open'] as const
const mergeIssues = { incidents: 'sum', violations: 'sum', drift: 'sum', open: 'sum' } as const
const COUNTED = [...TALLY, ...ISSUES] as const
const NOTHING = [...NOTHING_COUNTED, 0, 0, 0, 0] as const

export async function countSystems(tables: Tables, tallies: Tallies): Promise<void> {
  const rows = tallies.rows().map((row) => [...row, 0, 0, 0, 0])
  if (rows.length > 0) await tables.upsert('system', ['workspace', 'id', ...COUNTED], rows, { ...mergeTally, ...mergeIssues })
}

const described = new Set(['SystemRegistered', 'SystemClassified', 'RolloutPhaseEntered', 'SystemRetired'])

export async function refreshSystems(tables: Tables, changed: readonly Fact[]): Promise<void> {
  for (const { workspace, thing } of thingsOf(changed, described)) await describeSystem(tables, workspace, thing)
  const dependencies = changed.filter(({ type }) => type.startsWith('Dependency'))
  for (const fact of new Map(dependencies.map((fact) => [`${fact.workspace} ${fact.thing} ${fact.key}`, fact])).values())
    await refreshDependency(tables, fact)
}

async function describeSystem(tables: Tables, workspace: string, thing: string): Promise<void> {
  const last = (type: string) => lastFact(tables, { workspace, thing, type })
  const registered = await last('SystemRegistered')
  const classified = await last('SystemClassified')
  const phase = await last('RolloutPhaseEntered')
  const retired = await last('SystemRetired')
  const ofSystem = registered?.content ?? {}
  const id = idOf(thing)
  const name = wordIn(ofSystem, 'name') ?? id
  const sources = { registered, risk: classified, phase, retired }
  const facts: SystemFacts = {
    purpose: wordIn(ofSystem, 'purpose'),
    region: wordIn(ofSystem, 'region'),
    serviceTier: wordIn(ofSystem, 'serviceTier'),
    annexIIIPoint: wordIn(classified?.content ?? {}, 'annexIIIPoint'),
    provenBy: Object.entries(sources).flatMap(([fact, source]) =>
      source === null ? [] : [{ fact, event: source.event, occurred: source.occurred }],
    ),
  }
  const row = {
    name,
    folded: `${foldText(name)} ${id}`,
    facts: JSON.stringify(facts),
    unit: wordIn(ofSystem, 'businessUnit'),
    risk: wordIn(classified?.content ?? {}, 'riskClass'),
    role: wordIn(ofSystem, 'role'),
    phase: wordIn(phase?.content ?? {}, 'phase'),
    owner: wordIn(ofSystem, 'owner'),
    registered: registered?.occurred ?? null,
    retired: retired?.occurred ?? null,
  }
  const columns = ['name', 'folded', 'facts', 'unit', 'risk', 'role', 'phase', 'owner', 'registered', 'retired'] as const
  await tables.upsert(
    'system',
    ['workspace', 'id', ...columns, ...COUNTED],
    [[workspace, id, ...columns.map((column) => row[column]), ...NOTHING]],
    { ...mergeTally, ...mergeIssues },
  )
}

/** Declared and not removed since. */
async function refreshDependency(tables: Tables, { workspace, thing, key }: Fact): Promise<void> {
  const declared = await lastFact(tables, { workspace, thing, type: 'DependencyDeclared', key })
  const removed = await lastFact(tables, { workspace, thing, type: 'DependencyRemoved', key })
  const [target = '', kind = ''] = key.split(' ')
  const system = idOf(thing)
  if (declared !== null && isLater(declared, removed)) {
    const { occurred, event } = declared
    await tables.upsert(
      'dependency',
      ['workspace', 'system', 'target', 'kind', 'since', 'event'],
      [[workspace, system, target, kind, occurred, event]],
    )
  } else await tables.remove('dependency', { workspace, system, target, kind })
}
