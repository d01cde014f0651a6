import {
  type AnyReaction,
  defaultSettings,
  evolveSettings,
  type Step,
  settingsFollow,
  settingsOf,
  type WorkspaceSettings,
} from '@annal/domain'
import { type ArmedAlarm, comparePositions, type EventDraft, type Position, type RecordedEvent, type RuleStart } from '@annal/ledger'
import { type EventEnvelope, formatEventReference } from '@annal/proof'
import type { ExpiryTask } from './expiry-run.ts'
import { type FollowUpOrigin, followUpDrafts } from './follow-up-draft.ts'
import type { RuleStates } from './rule-states.ts'

/** What follows from one event, or from one alarm. */
export interface Consequences {
  readonly drafts: readonly EventDraft[]
  readonly armed: readonly ArmedAlarm[]
  readonly expiries: readonly ExpiryTask[]
}

/** Under this name the settings of workspaces are kept among the states. */
const SETTINGS = { rule: '~settings', begin: defaultSettings }

/** A few rules at work over the states that they keep. */
export class RuleRun {
  private readonly byName: ReadonlyMap<string, AnyReaction>
  private readonly byType = new Map<string, AnyReaction[]>()
  private readonly greedy: readonly AnyReaction[]
  private readonly starts: ReadonlyMap<string, RuleStart>
  /** By workspace: the rules that every event of it bears on. */
  private readonly greedyIn = new Map<string, readonly AnyReaction[]>()

  private readonly states: RuleStates

  constructor(rules: readonly AnyReaction[], starts: readonly RuleStart[], states: RuleStates) {
    this.states = states
    this.byName = new Map(rules.map((rule) => [rule.rule, rule]))
    this.starts = new Map(starts.map((start) => [start.rule, start]))
    this.greedy = rules.filter(({ followsAll }) => followsAll !== undefined)
    for (const rule of rules) for (const type of rule.follows) this.byType.set(type, [...(this.byType.get(type) ?? []), rule])
    for (const workspace of states.workspacesOf(SETTINGS)) this.noteGreedy(workspace)
  }

  /** The types that rules must see, or null: all, because every event of some workspace bears on a rule. */
  types(): readonly string[] | null {
    return this.greedyIn.size > 0 ? null : [...this.byType.keys(), ...settingsFollow]
  }

  /** Whether any rule must see it. Most events concern none, and are not even parsed. */
  concerns({ type, stream }: RecordedEvent): boolean {
    if (this.byType.has(type) || settingsFollow.has(type)) return true
    return this.greedyIn.size > 0 && this.greedyIn.has(workspaceOf(stream))
  }

  take(event: EventEnvelope, position: Position): Consequences {
    if (settingsFollow.has(event.type)) this.evolveSettings(event)
    const drafts: EventDraft[] = []
    const armed: ArmedAlarm[] = []
    const expiries: ExpiryTask[] = []
    for (const rule of this.rulesFor(event)) {
      const hasEffect = this.hasEffect(rule, position)
      const origin = originOf(rule, event)
      const followUps = []
      for (const thing of rule.things(event)) {
        const step = rule.on(event, this.states.get(rule, event.workspace, thing), { thing, settings: this.settings(event.workspace) })
        armed.push(...this.alarmsOf(rule, { workspace: event.workspace, thing, position }, step))
        followUps.push(...(step.followUps ?? []))
        if (hasEffect) expiries.push(...tasksOf(step, origin))
      }
      if (hasEffect) drafts.push(...followUpDrafts(followUps, origin))
    }
    return { drafts, armed, expiries }
  }

  /** An alarm of a rule that is no more leads to nothing. */
  ring({ rule: name, workspace, thing, ...alarm }: ArmedAlarm): Consequences {
    const rule = this.byName.get(name)
    if (rule === undefined) return { drafts: [], armed: [], expiries: [] }
    const step = rule.due(alarm, this.states.get(rule, workspace, thing), { thing, settings: this.settings(workspace) })
    const armed = this.alarmsOf(rule, { workspace, thing, position: null }, step)
    const origin: FollowUpOrigin = { rule: name, workspace, cause: [thing, alarm.due], correlationId: null }
    return { drafts: followUpDrafts(step.followUps ?? [], origin), armed, expiries: tasksOf(step, origin) }
  }

  /** The rules that this event bears on, in the order of the list. */
  private rulesFor({ type, workspace }: EventEnvelope): readonly AnyReaction[] {
    const following = this.byType.get(type) ?? []
    const greedy = this.greedyRules(workspace)
    return greedy.length === 0 ? following : [...new Set([...following, ...greedy])]
  }

  private alarmsOf(
    rule: AnyReaction,
    { workspace, thing, position }: { workspace: string; thing: string; position: Position | null },
    { state, alarms = [] }: Step<unknown>,
  ): ArmedAlarm[] {
    this.states.set(rule, workspace, thing, state)
    if (alarms.length === 0) return []
    const sinceAt = this.starts.get(rule.rule)?.sinceAt ?? ''
    // What was due before the rule was there is none of its business.
    const isLate = (due: string) => position !== null && !this.hasEffect(rule, position) && due <= sinceAt
    return alarms.filter(({ due }) => !isLate(due)).map(({ name, due }) => ({ rule: rule.rule, workspace, thing, name, due }))
  }

  private hasEffect({ rule }: AnyReaction, position: Position): boolean {
    const since = this.starts.get(rule)?.since ?? null
    return since === null || comparePositions(position, since) > 0
  }

  private settings(workspace: string): WorkspaceSettings {
    return this.states.get(SETTINGS, workspace, '') as WorkspaceSettings
  }

  private evolveSettings(event: EventEnvelope): void {
    const workspace = settingsOf(event)
    this.states.set(SETTINGS, workspace, '', evolveSettings(this.settings(workspace), event))
    this.noteGreedy(workspace)
  }

  private greedyRules(workspace: string): readonly AnyReaction[] {
    return this.greedyIn.get(workspace) ?? []
  }

  private noteGreedy(workspace: string): void {
    const settings = this.settings(workspace)
    const rules = this.greedy.filter(({ followsAll }) => followsAll?.(settings))
    if (rules.length > 0) this.greedyIn.set(workspace, rules)
    else this.greedyIn.delete(workspace)
  }
}

function originOf({ rule }: AnyReaction, event: EventEnvelope): FollowUpOrigin {
  return { rule, workspace: event.workspace, cause: formatEventReference(event), correlationId: event.correlationId }
}

function tasksOf({ expiries = [] }: Step<unknown>, origin: FollowUpOrigin): ExpiryTask[] {
  return expiries.map((expiry) => ({ expiry, origin }))
}

function workspaceOf(stream: string): string {
  return stream.slice(0, stream.indexOf('.'))
}
