import type { SampleSystem } from './systems.ts'

/** What the pipeline did with a version, and how the people who must approve it saw it. */
export type Fate =
  | 'approved'
  /** A bias or security test failed first, and was repeated on what was mended. */
  | 'failed-then-approved'
  | 'refused'
  | 'withdrawn'
  /** Went to production without an approval. */
  | 'unapproved'

/** Everything else is approved. */
const fates: Readonly<Record<string, Fate>> = {
  'cv-rank@1': 'failed-then-approved',
  'cv-rank@2': 'refused',
  'triage@1': 'failed-then-approved',
  'wear@2': 'withdrawn',
  'churn@3': 'unapproved',
  'demand@4': 'unapproved',
  'limits@2': 'failed-then-approved',
  'topics@2': 'unapproved',
  'fraud@4': 'refused',
  'assistant-llm@3': 'failed-then-approved',
}

/** Versions that were taken back, and on which day of the story. */
const rolledBack: Readonly<Record<string, number>> = { 'triage@3': 389 }

export interface Release {
  readonly version: number
  /** The days on which it was registered, its approval was asked for, and it went to production, if it did. */
  readonly registered: number
  readonly asked: number
  readonly deployed: number | null
  readonly rolledBack: number | null
  readonly fate: Fate
}

export function releasesOf({ model, versions, live }: SampleSystem): readonly Release[] {
  return versions.map((registered, i) => {
    const version = i + 1
    const fate = fates[`${model}@${version}`] ?? 'approved'
    const asked = registered + (fate === 'failed-then-approved' ? 11 : 5)
    const goes = fate !== 'refused' && fate !== 'withdrawn'
    const deployed = version === 1 ? Math.max(live, asked + 5) : asked + 6
    return { version, registered, asked, deployed: goes ? deployed : null, rolledBack: rolledBack[`${model}@${version}`] ?? null, fate }
  })
}

/** The version that serves on a day; the first before any does. */
export function servingOn(system: SampleSystem, day: number): number {
  const serving = releasesOf(system).filter(
    ({ deployed, rolledBack: until }) => deployed !== null && deployed <= day && (until === null || day < until),
  )
  return serving.at(-1)?.version ?? 1
}
