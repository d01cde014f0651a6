import { type EventOf, withEntry } from '../decider.ts'
import type { peopleEvents } from './events.ts'

export type PeopleEvent = EventOf<typeof peopleEvents>

/** Streams are named after courses and milestones: so many entries as people have reached them. */
export interface PeopleState {
  readonly stream: 'people'
  /** By person: the day on which the course was last completed; empty where none was said. */
  readonly trainings: ReadonlyMap<string, string>
  /** By `<person> <level>`. */
  readonly milestones: ReadonlyMap<string, true>
}

export const noPeople: PeopleState = { stream: 'people', trainings: new Map(), milestones: new Map() }

/** Total over any subset of a stream. */
export function evolvePeople(state: PeopleState, event: PeopleEvent): PeopleState {
  switch (event.type) {
    case 'TrainingCompleted':
      return { ...state, trainings: withEntry(state.trainings, event.data.person, event.data.completedOn ?? '') }
    case 'CompetencyReached':
      return { ...state, milestones: withEntry(state.milestones, milestoneKey(event.data), true) }
    case 'GuildSessionHeld':
    case 'TransparencyNoticePublished':
    case 'SupplierAssessed':
    case 'DataProtectionImpactAssessed':
      return state
  }
}

export const milestoneKey = ({ person, level }: { person: string; level?: string }) => `${person} ${level ?? ''}`
