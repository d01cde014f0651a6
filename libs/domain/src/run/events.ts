import { defineEvent } from '../define-event.ts'
import { attachment, concernedSystems } from '../recurring-fields.ts'
import { list, object, optional } from '../schema/containers.ts'
import { anyRef, maybeVersionedRef, ref } from '../schema/id-fields.ts'
import { json } from '../schema/json-field.ts'
import { freeText, text, uri, word } from '../schema/text-fields.ts'
import { instant } from '../schema/time-fields.ts'

/** A name as OpenLineage writes it: a namespace, which is often a URI, and a name within it. */
const lineageName = (description: string) =>
  object(description, { namespace: text('The namespace.', 500), name: text('The name within it.', 500) })

const lineageReported = defineEvent({
  name: 'LineageReported',
  stream: 'run',
  description: 'An OpenLineage event of a job, run or dataset, as its producer sent it.',
  summary: 'Lineage of job {job.namespace}/{job.name} was reported[: {eventType}].',
  fields: () => ({
    producer: uri('The program that made the event.'),
    eventType: optional(word('LineageEventType', ['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER'], 'The state of the run.')),
    eventTime: instant('When it happened, as the producer says.'),
    job: lineageName('The job.'),
    run: optional(ref('run', 'The run, by its UUID; absent for a job or dataset event.')),
    inputs: optional(list('The datasets of the inventory that were read.', maybeVersionedRef('dataset', 'A dataset.'), { max: 48 })),
    outputs: optional(list('The datasets of the inventory that were written.', maybeVersionedRef('dataset', 'A dataset.'), { max: 48 })),
    body: optional(json('The event itself; or `document`, if it is too large.')),
    document: optional(attachment('Where the event is kept, if it is too large to stand here.')),
    systems: concernedSystems(),
  }),
  rule: ['body', 'expected either a body or a document', ({ body, document }) => (body === undefined) !== (document === undefined)],
  example: {
    producer: 'https://github.com/OpenLineage/OpenLineage/tree/1.24.2/integration/spark',
    eventType: 'COMPLETE',
    eventTime: '2026-02-28T03:12:44.510Z',
    job: { namespace: 'airflow://production', name: 'loans.monthly_join' },
    run: '3f5e83fa-3480-44ff-99c5-ff943904e5e8',
    inputs: ['loans-raw@2026-02'],
    outputs: ['loans@2026-02'],
    body: {
      eventType: 'COMPLETE',
      run: { runId: '3f5e83fa-3480-44ff-99c5-ff943904e5e8' },
      job: { namespace: 'airflow://production', name: 'loans.monthly_join' },
    },
    systems: ['credit-scoring'],
  },
  streamId: ({ run }) => run ?? 'none',
})

const identityFields = {
  thing: anyRef('The thing, as it is called here.', ['dataset', 'model', 'component', 'aisystem', 'job']),
  alias: lineageName('Its other name, as lineage events call it.'),
}
/** The stream of a thing's names: the versions of a thing share it. */
const identityStream = ({ thing }: { thing: string }) => `identity~${thing.replace(/@.*$/, '').replace(':', '~')}`

const identityDeclared = defineEvent({
  name: 'IdentityDeclared',
  stream: 'run',
  recordedBy: 'person',
  description: 'Two names mean one thing.',
  summary: '{alias.namespace}/{alias.name} is the same as {thing}.',
  fields: () => ({ ...identityFields, reason: optional(freeText('How that is known.')) }),
  example: { thing: 'dataset:loans', alias: { namespace: 'postgres://core:5432', name: 'bank.public.loans' } },
  streamId: identityStream,
})

const identityWithdrawn = defineEvent({
  name: 'IdentityWithdrawn',
  stream: 'run',
  recordedBy: 'person',
  description: 'Two names turned out not to mean one thing.',
  summary: '{alias.namespace}/{alias.name} is not the same as {thing}.',
  fields: () => ({ ...identityFields, reason: freeText('What was wrong.') }),
  example: {
    thing: 'dataset:loans',
    alias: { namespace: 'postgres://core:5432', name: 'bank.archive.loans' },
    reason: 'The archive keeps business loans too.',
  },
  streamId: identityStream,
})

/** What is recorded about runs of jobs, and about the names that lineage uses. */
export const runEvents = [lineageReported, identityDeclared, identityWithdrawn] as const
