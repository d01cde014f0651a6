import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { eventRef } from '../schema/id-fields.ts'
import { marked } from '../schema/mark.ts'
import { freeText } from '../schema/text-fields.ts'
import { streamOfReference } from './stream-of-reference.ts'

const correctedType = marked(
  z.string().min(1).max(60).describe('The type of the event that is corrected; the correction is of the same type.'),
  {
    leaf: 'event-type',
    max: 60,
  },
)
const correctedData = marked(
  z
    .custom<Readonly<Record<string, unknown>>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'expected an object',
    )
    .describe('The whole data of the event as it should have been.'),
  { leaf: 'event' },
)

/**
 * A correction follows the event that it corrects, in the same stream: stored bytes never change. `data` is checked and sealed like
 * the data of an event of that type.
 */
const eventCorrected = defineEvent({
  name: 'EventCorrected',
  stream: 'any',
  description: 'An observation was wrong; here is its data as it should have been. Decisions are not corrected but followed by others.',
  summary: 'A recorded {type} was corrected.',
  fields: () => ({
    event: eventRef('The event that is corrected.'),
    type: correctedType,
    data: correctedData,
    reason: freeText('What was wrong.'),
  }),
  example: {
    event: 'ws_k7m2q9x4t1.model-cs/0192f3c4-0000-7000-8000-000000000007',
    type: 'DriftDetected',
    data: {
      model: 'cs',
      version: '7',
      kind: 'data',
      metric: 'psi',
      value: 0.21,
      threshold: 0.2,
      window: 'P7D',
      systems: ['credit-scoring'],
    },
    reason: 'The first figure was taken over one day instead of seven.',
  },
  streamId: ({ event }) => streamOfReference(event).replace(/^[a-z0-9]+-/, ''),
})

/** What can be recorded in any stream. */
export const correctionEvents = [eventCorrected] as const
