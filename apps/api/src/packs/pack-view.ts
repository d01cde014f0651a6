import type { JobFolder, Withdrawal } from './job-folder.ts'
import type { PackUnderWay } from './pack-queue.ts'
import type { PackRecord, RecordedScope } from './pack-record.ts'
import { type PackScope, scopeText } from './pack-scope.ts'

/** `Pack` of the SDL, of one that is exported. */
export function exportedPack(record: PackRecord, folder: JobFolder) {
  const bytes = folder.size(record.pack)
  const ready = bytes !== null
  return {
    __typename: 'Pack',
    id: record.pack,
    scope: recordedScopeView(record.scope),
    purpose: record.purpose,
    requester: record.requester,
    requestedAt: record.exportedAt,
    status: ready ? 'READY' : 'FAILED',
    problem: ready ? null : goneText(folder.withdrawal(record.pack)),
    progress: 1,
    events: record.events,
    treeSize: String(record.treeSize),
    sha256: record.sha256,
    bytes,
    withNames: record.withNames,
    completeness: completenessOf(record.scope.kind),
    url: ready ? `/packs/${record.pack}` : null,
    shares: record.shares,
    downloads: record.takenBy.length,
    exportEvent: record.exportEvent,
  }
}

function goneText(withdrawal: Withdrawal | null): string {
  if (withdrawal === null) return 'The file is no longer kept here; whoever has it can still verify it.'
  const { at, under } = withdrawal
  return `The file was removed: it opened what was erased under ${under} on ${at.slice(0, 10)}. Whoever has it can still verify it; a new export shows what was erased.`
}

/** `Pack` of the SDL, of one on its way or failed. */
export function packUnderWay({ job, progress, problem }: PackUnderWay) {
  return {
    __typename: 'Pack',
    id: job.pack,
    scope: scopeView(job.scope),
    purpose: job.purpose,
    requester: job.requester.id,
    requestedAt: job.requestedAt,
    status: problem === null ? 'BUILDING' : 'FAILED',
    problem,
    progress,
    events: null,
    treeSize: null,
    sha256: null,
    bytes: null,
    withNames: job.withNames,
    completeness: completenessOf(job.scope.kind),
    url: null,
    shares: [],
    downloads: 0,
    exportEvent: null,
  }
}

export function completenessOf(kind: PackScope['kind']): 'BY_THE_TREE' | 'BY_THE_TOKEN_MAP' | 'NOT_CLAIMED' {
  switch (kind) {
    case 'workspace':
    case 'period':
      return 'BY_THE_TREE'
    case 'system':
    case 'incident':
    case 'model':
      return 'BY_THE_TOKEN_MAP'
    case 'filter':
      return 'NOT_CLAIMED'
  }
}

function recordedScopeView({ kind, thing, period }: RecordedScope) {
  if (period !== undefined) return scopeView({ kind: 'period', ...period })
  if (kind === 'system' || kind === 'incident' || kind === 'model') return scopeView({ kind, thing: thing ?? '' })
  return scopeView(kind === 'workspace' ? { kind } : { kind: 'filter', filter: {} })
}

function scopeView(scope: PackScope) {
  const period = scope.kind === 'period' ? scope : null
  return {
    kind: scope.kind.toUpperCase(),
    thing: 'thing' in scope ? scope.thing : null,
    from: period?.from ?? null,
    until: period?.until ?? null,
    text: scopeText(scope),
  }
}
