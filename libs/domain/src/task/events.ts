import { defineEvent } from '../define-event.ts'
import { concernedSystems, governedThing } from '../recurring-fields.ts'
import { optional } from '../schema/containers.ts'
import { eventRef, party, ref, slug } from '../schema/id-fields.ts'
import { freeText, word } from '../schema/text-fields.ts'
import { instant } from '../schema/time-fields.ts'

const task = ref('task', 'The task.')
const streamId = (data: { task: string }) => data.task

const taskOpened = defineEvent({
  name: 'TaskOpened',
  stream: 'task',
  description: 'Something has to be done by a certain time.',
  summary: 'Task {task} for {for} was opened, due {due}[, for the obligation {obligation}].',
  fields: () => ({
    task,
    for: governedThing('The thing that it is about.'),
    obligation: optional(slug('The obligation that asks for it, such as art-9.2.')),
    due: instant('By when.'),
    assignee: optional(party('Who does it.')),
    instruction: optional(freeText('What is to be done.')),
    cause: optional(eventRef('The event that led to it.')),
    systems: concernedSystems(),
  }),
  example: {
    task: 'renew-fria-credit-scoring',
    for: 'aisystem:credit-scoring',
    obligation: 'art-27.2',
    due: '2027-03-19T23:00:00.000Z',
    assignee: 'model-risk',
    instruction: 'Look at the assessment of 2026 again.',
  },
  streamId,
})

const taskAssigned = defineEvent({
  name: 'TaskAssigned',
  stream: 'task',
  description: 'A task was given to somebody.',
  summary: 'Task {task} was assigned to {assignee}.',
  fields: () => ({
    task,
    assignee: party('Who does it.'),
    for: optional(governedThing('The thing that it is about.')),
    note: optional(freeText('What is added.')),
  }),
  example: { task: 'renew-fria-credit-scoring', assignee: 'per_3f8a1c', for: 'aisystem:credit-scoring' },
  streamId,
})

const taskDone = defineEvent({
  name: 'TaskDone',
  stream: 'task',
  description: 'A task is over.',
  summary: 'Task {task} was {outcome}.',
  fields: () => ({
    task,
    outcome: word('TaskOutcome', ['done', 'cancelled'], 'How it ended.'),
    for: optional(governedThing('The thing that it is about.')),
    evidence: optional(eventRef('The event that shows it.')),
    note: optional(freeText('What is added.')),
  }),
  example: { task: 'renew-fria-credit-scoring', outcome: 'done', for: 'aisystem:credit-scoring' },
  streamId,
})

/** What is recorded about tasks. */
export const taskEvents = [taskOpened, taskAssigned, taskDone] as const
