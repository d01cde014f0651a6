import { choicesOf, INCIDENT_CATEGORIES, SEVERITIES } from '../things/vocabulary.ts'
import { type Decision, itemsOf, optional } from './decision.ts'
import {
  clearSystem,
  closeIncident,
  implicateSystem,
  notifyAuthority,
  recordContainment,
  recordCorrectiveAction,
  reportIncident,
  triageIncident,
} from './decisions-documents.ts'
import { localInput } from './local-input.ts'
import { sendDecision } from './send.ts'

const instantOf = (value: string | undefined) => new Date(value ?? '').toISOString()
const severity = {
  name: 'severity',
  label: 'Severity',
  kind: 'choice',
  required: true,
  values: choicesOf(SEVERITIES),
  hint: 'How grave it is, as you judge it now.',
} as const

export function reportDecision(systems: readonly string[], now: Date): Decision {
  return {
    name: `report-incident ${systems.join(' ')}`,
    title: 'Report an incident',
    lead: 'Legal clocks run from the moment the organisation became aware of it (Art. 73 AI Act). What is shown is no legal advice.',
    act: 'Report the incident',
    initial: {
      title: '',
      category: '',
      severity: '',
      occurredAt: localInput(now),
      awareAt: localInput(now),
      systems: systems.join('\n'),
      description: '',
    },
    fields: [
      { name: 'title', label: 'The incident in a line', kind: 'line', required: true, most: 300, hint: 'Encrypted at rest.' },
      {
        name: 'category',
        label: 'Category',
        kind: 'choice',
        required: true,
        values: choicesOf(INCIDENT_CATEGORIES),
        hint: 'The points of Art. 3(49) make it a serious incident; the others are kinds of our own.',
      },
      severity,
      { name: 'occurredAt', label: 'When it happened or began', kind: 'instant', required: true },
      {
        name: 'awareAt',
        label: 'When the organisation became aware of it',
        kind: 'instant',
        required: true,
        hint: 'Deadlines start here (Art. 73(2)).',
        check: (value, { occurredAt }) => (occurredAt && value < occurredAt ? 'Not before it happened.' : null),
      },
      {
        name: 'systems',
        label: 'Systems concerned',
        kind: 'systems',
        required: true,
        hint: 'Each must be settled before the incident can be closed.',
      },
      { name: 'description', label: 'What happened', kind: 'text', most: 4000, hint: 'Encrypted at rest.' },
    ],
    send: (client, id, values) =>
      sendDecision(client, reportIncident, {
        input: {
          id,
          title: values.title ?? '',
          category: values.category ?? '',
          severity: values.severity ?? '',
          occurredAt: instantOf(values.occurredAt),
          awareAt: instantOf(values.awareAt),
          systems: itemsOf(values.systems),
          ...optional('description', values.description),
        },
      }),
  }
}

export function triageDecision(incident: string, current: { readonly severity: string; readonly category: string }): Decision {
  return {
    name: `triage ${incident}`,
    title: 'Triage the incident',
    act: 'Record the triage',
    initial: { severity: current.severity, category: current.category, serious: '', reason: '' },
    fields: [
      severity,
      { name: 'category', label: 'Category', kind: 'choice', required: true, values: choicesOf(INCIDENT_CATEGORIES) },
      {
        name: 'serious',
        label: 'It is a serious incident in the sense of Art. 3(49)',
        kind: 'flag',
        hint: 'Then the market surveillance authority must be told (Art. 73), and a clock runs.',
      },
      { name: 'reason', label: 'Why', kind: 'text', required: true, most: 4000, hint: 'What the judgement rests on. Encrypted at rest.' },
    ],
    send: (client, id, values) =>
      sendDecision(client, triageIncident, {
        input: {
          id,
          incident,
          severity: values.severity ?? '',
          ...(values.category !== current.category && optional('category', values.category)),
          serious: values.serious === 'yes',
          reason: values.reason ?? '',
        },
      }),
  }
}

export function implicateDecision(incident: string): Decision {
  return {
    name: `implicate ${incident}`,
    title: 'A further system is concerned',
    act: 'Record it',
    initial: { systems: '', reason: '' },
    fields: [
      {
        name: 'systems',
        label: 'System',
        kind: 'systems',
        required: true,
        check: (value) => (itemsOf(value).length > 1 ? 'One at a time: each is a decision of its own.' : null),
      },
      { name: 'reason', label: 'Why it is concerned', kind: 'text', most: 4000, hint: 'Encrypted at rest.' },
    ],
    send: (client, id, values) =>
      sendDecision(client, implicateSystem, {
        input: { id, incident, system: itemsOf(values.systems)[0] ?? '', ...optional('reason', values.reason) },
      }),
  }
}

export function clearDecision(incident: string, system: string): Decision {
  return {
    name: `clear ${incident} ${system}`,
    title: `${system} is not concerned`,
    act: 'Clear the system',
    initial: { reason: '' },
    fields: [{ name: 'reason', label: 'Why it is not', kind: 'text', required: true, most: 4000, hint: 'Encrypted at rest.' }],
    send: (client, id, values) =>
      sendDecision(client, clearSystem, { input: { id, incident, system, ...optional('reason', values.reason) } }),
  }
}

export function containDecision(incident: string, system: string): Decision {
  return {
    name: `contain ${incident} ${system}`,
    title: `Contained for ${system}`,
    lead: 'The harm is stopped. The incident stays open until the cause is removed.',
    act: 'Record the containment',
    initial: { action: '' },
    fields: [{ name: 'action', label: 'What was done', kind: 'text', required: true, most: 4000, hint: 'Encrypted at rest.' }],
    send: (client, id, values) => sendDecision(client, recordContainment, { input: { id, incident, system, action: values.action ?? '' } }),
  }
}

export function correctDecision(incident: string, system: string): Decision {
  return {
    name: `correct ${incident} ${system}`,
    title: `Corrected for ${system}`,
    lead: 'The cause is removed for this system (Art. 20).',
    act: 'Record the corrective action',
    initial: { kind: 'corrected', action: '' },
    fields: [
      {
        name: 'kind',
        label: 'Kind of action',
        kind: 'choice',
        required: true,
        values: choicesOf(['corrected', 'withdrawn', 'disabled', 'recalled']),
        hint: 'Art. 20(1): brought into conformity, withdrawn, disabled or recalled.',
      },
      { name: 'action', label: 'What was done', kind: 'text', required: true, most: 4000, hint: 'Encrypted at rest.' },
    ],
    send: (client, id, values) =>
      sendDecision(client, recordCorrectiveAction, {
        input: { id, incident, system, action: values.action ?? '', kind: correctiveKind(values.kind) },
      }),
  }
}

function correctiveKind(kind: string | undefined): 'corrected' | 'withdrawn' | 'disabled' | 'recalled' {
  return kind === 'withdrawn' || kind === 'disabled' || kind === 'recalled' ? kind : 'corrected'
}

export function notifyDecision(incident: string, now: Date): Decision {
  return {
    name: `notify ${incident}`,
    title: 'An authority was notified',
    lead: 'Annal sends nothing: record here what was sent, so that the clock shows as met.',
    act: 'Record the notification',
    initial: { authority: '', kind: 'first', reference: '', sentAt: localInput(now) },
    fields: [
      {
        name: 'authority',
        label: 'Authority',
        kind: 'line',
        required: true,
        most: 200,
        hint: 'The market surveillance authority of the Member State of the incident (Art. 73(1)), or another.',
      },
      {
        name: 'kind',
        label: 'Report',
        kind: 'choice',
        required: true,
        values: [
          { value: 'first', title: 'First report (Art. 73(5))' },
          { value: 'complete', title: 'Complete report (Art. 73(5))' },
        ],
        hint: 'An incomplete first report may be followed by a complete one.',
      },
      { name: 'reference', label: 'Reference', kind: 'line', most: 100, hint: 'The authority’s or your own number.' },
      { name: 'sentAt', label: 'When it was sent', kind: 'instant', required: true },
    ],
    send: (client, id, values) =>
      sendDecision(client, notifyAuthority, {
        input: {
          id,
          incident,
          authority: values.authority ?? '',
          kind: values.kind ?? '',
          sentAt: instantOf(values.sentAt),
          ...optional('reference', values.reference),
        },
      }),
  }
}

/** `open`: the systems that are neither corrected nor cleared. Whether it may be closed is decided by the record, which may know more. */
export function closeDecision(incident: string, open: readonly string[]): Decision {
  return {
    name: `close ${incident}`,
    title: 'Close the incident',
    lead:
      open.length === 0
        ? 'Every system concerned is corrected or cleared.'
        : `Not possible yet. Neither corrected nor cleared: ${open.join(', ')}. Settle that first, under Systems concerned.`,
    act: 'Close the incident',
    initial: { rootCause: '', lessons: '' },
    fields: [
      { name: 'rootCause', label: 'Root cause', kind: 'text', required: true, most: 4000, hint: 'Encrypted at rest.' },
      { name: 'lessons', label: 'What was learnt and what changes', kind: 'text', required: true, most: 4000, hint: 'Encrypted at rest.' },
    ],
    send: (client, id, values) =>
      sendDecision(client, closeIncident, { input: { id, incident, rootCause: values.rootCause ?? '', lessons: values.lessons ?? '' } }),
  }
}
