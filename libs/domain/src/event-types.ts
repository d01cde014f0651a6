import type { z } from 'zod'
import { aisystemEvents } from './aisystem/events.ts'
import { approvalEvents } from './approval/events.ts'
import { componentEvents } from './component/events.ts'
import { correctionEvents } from './correction/events.ts'
import { datasetEvents } from './dataset/events.ts'
import { decisionEvents } from './decision/events.ts'
import type { EventType } from './event-type.ts'
import { incidentEvents } from './incident/events.ts'
import { ledgerEvents } from './ledger/events.ts'
import { modelEvents } from './model/events.ts'
import { peopleEvents } from './people/events.ts'
import { personEvents } from './person/events.ts'
import { policyEvents } from './policy/events.ts'
import { projectEvents } from './project/events.ts'
import { reviewEvents } from './review/events.ts'
import { runEvents } from './run/events.ts'
import { subjectEvents } from './subject/events.ts'
import { taskEvents } from './task/events.ts'
import { workspaceEvents } from './workspace/events.ts'

const catalogue = [
  ...aisystemEvents,
  ...modelEvents,
  ...datasetEvents,
  ...subjectEvents,
  ...decisionEvents,
  ...approvalEvents,
  ...incidentEvents,
  ...policyEvents,
  ...peopleEvents,
  ...componentEvents,
  ...projectEvents,
  ...reviewEvents,
  ...workspaceEvents,
  ...personEvents,
  ...runEvents,
  ...taskEvents,
  ...correctionEvents,
  ...ledgerEvents,
] as const

export type EventTypeName = (typeof catalogue)[number]['name']

type ObservationType = Extract<(typeof catalogue)[number], { readonly recordedBy: 'sender' }>

/** What a sender may put into each type that services record: the type's name to its data, before anything is normalised. */
export type Observations = { readonly [Type in ObservationType as Type['name']]: z.input<Type['schema']> }

/** Every event type, stream by stream, in the order of the catalogue. */
export const eventTypes: readonly EventType[] = catalogue

const byName = new Map<string, EventType>(eventTypes.map((type) => [type.name, type]))

export function eventType(name: string): EventType | undefined {
  return byName.get(name)
}
