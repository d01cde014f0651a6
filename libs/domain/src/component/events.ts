import { defineEvent } from '../define-event.ts'
import { list, optional } from '../schema/containers.ts'
import { maybeVersionedRef, party, ref } from '../schema/id-fields.ts'
import { numbers } from '../schema/map-fields.ts'
import { flag } from '../schema/number-fields.ts'
import { displayName, freeText, semverOf, sha256, uri, word } from '../schema/text-fields.ts'
import { date } from '../schema/time-fields.ts'

const component = ref('component', 'The component, by the id that its owner gave it.')
const version = semverOf('component', 'component', 'The semantic version.')
const streamId = (data: { component: string }) => data.component

const componentPublished = defineEvent({
  name: 'ComponentPublished',
  stream: 'component',
  description: 'A version of a reusable component was published in the registry.',
  summary: 'The component {name} ({component}) {version} was published.',
  fields: () => ({
    component,
    name: displayName('The name people know it by.'),
    category: word(
      'ComponentCategory',
      ['data_pipeline', 'feature', 'model_template', 'deployment_template', 'governance_template'],
      'The category of the registry.',
    ),
    version,
    owner: party('Who is accountable.'),
    docs: uri('Where it is documented.'),
    sha256: optional(sha256('SHA-256 of the package.')),
    madeFrom: optional(list('The components and versions it was made from.', maybeVersionedRef('component', 'A component.'), { max: 48 })),
    datasets: optional(list('The datasets it reads.', maybeVersionedRef('dataset', 'A dataset.'), { max: 48 })),
  }),
  example: {
    component: 'income-features',
    name: 'Income features',
    category: 'feature',
    version: '2.1.0',
    owner: 'feature-platform',
    docs: 'https://docs.example/features/income',
    madeFrom: ['currency-cleaning@1.4.2'],
    datasets: ['loans'],
  },
  streamId,
})

const componentAdopted = defineEvent({
  name: 'ComponentAdopted',
  stream: 'component',
  description: 'An AI system or a project uses a version of a component.',
  summary: 'The component {component} {version} was adopted[ by system {system}][ by project {project}].',
  fields: () => ({
    component,
    version,
    system: optional(ref('aisystem', 'The system that uses it.')),
    project: optional(ref('project', 'The project that uses it.')),
    computed: optional(flag('Whether what it computes is shared, not computed anew.')),
  }),
  rule: ['system', 'expected a system or a project', ({ system, project }) => system !== undefined || project !== undefined],
  example: { component: 'income-features', version: '2.1.0', system: 'credit-scoring', computed: true },
  streamId,
})

const componentQualityMeasured = defineEvent({
  name: 'ComponentQualityMeasured',
  stream: 'component',
  description: 'The quality of a version of a component was measured.',
  summary: 'The quality of component {component} {version} was measured[: {passed?passed:failed}].',
  fields: () => ({
    component,
    version,
    metrics: numbers('Metrics by name, such as coverage or freshness.'),
    passed: optional(flag('Whether all bounds were kept.')),
  }),
  example: { component: 'income-features', version: '2.1.0', metrics: { test_coverage: 0.93, freshness_hours: 2 }, passed: true },
  streamId,
})

const componentDeprecated = defineEvent({
  name: 'ComponentDeprecated',
  stream: 'component',
  description: 'A component, or one version of it, should no longer be used.',
  summary: 'The component {component}[ {version}] was deprecated[ in favour of {replacedBy}].',
  fields: () => ({
    component,
    version: optional(version),
    replacedBy: optional(maybeVersionedRef('component', 'What to use instead.')),
    sunset: optional(date('The last day it works.')),
    reason: optional(freeText('Why.')),
  }),
  example: { component: 'income-features', version: '1.9.3', replacedBy: 'income-features@2.1.0', sunset: '2026-09-30' },
  streamId,
})

/** What is recorded about reusable components. */
export const componentEvents = [componentPublished, componentAdopted, componentQualityMeasured, componentDeprecated] as const
