import { type Decision, itemsOf, optional } from './decision.ts'
import { placeLegalHold, refuseErasure, releaseLegalHold, requestErasure } from './decisions-documents.ts'
import { sendDecision } from './send.ts'

const reason = { name: 'reason', label: 'Reason', kind: 'text', required: true, most: 4000, hint: 'Encrypted at rest.' } as const

const day = (name: string, label: string, hint: string) => ({ name, label, kind: 'day', hint }) as const

export function requestErasureDecision(subject: string): Decision {
  return {
    name: `request-erasure ${subject}`,
    title: 'Note a request for erasure',
    lead: 'It decides nothing. An answer is due within a month of the day the person asked (Art. 12(3) GDPR).',
    act: 'Note the request',
    initial: { requestedOn: '', note: '' },
    fields: [
      day('requestedOn', 'Asked on', 'The day the person asked; today if left empty.'),
      { name: 'note', label: 'What was asked for', kind: 'text', most: 4000, hint: 'Encrypted at rest.' },
    ],
    send: (client, id, values) =>
      sendDecision(client, requestErasure, {
        input: { id, subject, ...optional('requestedOn', values.requestedOn), ...optional('note', values.note) },
      }),
  }
}

export function refuseErasureDecision(subject: string): Decision {
  return {
    name: `refuse-erasure ${subject}`,
    title: 'Refuse the erasure',
    lead: 'The person is told why, and of the right to complain, within a month of the request (Art. 12(4) GDPR).',
    act: 'Refuse',
    tone: 'grave',
    initial: { ground: '', reason: '' },
    fields: [
      {
        name: 'ground',
        label: 'Ground',
        kind: 'choice',
        required: true,
        values: [
          { value: 'expression', title: 'Freedom of expression and information (Art. 17(3)(a))' },
          { value: 'legal_obligation', title: 'A legal obligation or public task (Art. 17(3)(b))' },
          { value: 'public_health', title: 'Public health (Art. 17(3)(c))' },
          { value: 'archiving', title: 'Archiving, research or statistics (Art. 17(3)(d))' },
          { value: 'legal_claims', title: 'Legal claims (Art. 17(3)(e))' },
          { value: 'manifestly_unfounded', title: 'Manifestly unfounded or excessive (Art. 12(5))' },
        ],
      },
      reason,
    ],
    send: (client, id, values) =>
      sendDecision(client, refuseErasure, { input: { id, subject, ground: values.ground ?? '', reason: values.reason ?? '' } }),
  }
}

/** On one data subject, or with null on systems that are named in the form. */
export function placeHoldDecision(subject: string | null, now: Date): Decision {
  return {
    name: `place-hold ${subject ?? 'systems'}`,
    title: 'Place a legal hold',
    lead: 'While it is in place nothing that it covers is erased, redacted or expires (Art. 17(3) GDPR).',
    act: 'Place the hold',
    initial: { systems: '', matter: '', reviewOn: '' },
    fields: [
      ...(subject === null ? [{ name: 'systems', label: 'Systems whose events it covers', kind: 'systems', required: true } as const] : []),
      {
        name: 'matter',
        label: 'Matter',
        kind: 'text',
        required: true,
        most: 4000,
        hint: 'The claim, inquiry or order that needs the data. Encrypted at rest.',
      },
      {
        ...day('reviewOn', 'Look at it again on', 'A hold that nobody needs any more keeps data without a ground.'),
        check: (value) => (value < now.toISOString().slice(0, 10) ? 'That day is over, in UTC.' : null),
      },
    ],
    send: (client, id, values) =>
      sendDecision(client, placeLegalHold, {
        input: {
          id,
          matter: values.matter ?? '',
          ...(subject === null ? { systems: itemsOf(values.systems) } : { subject }),
          ...optional('reviewOn', values.reviewOn),
        },
      }),
  }
}

export function releaseHoldDecision(hold: string): Decision {
  return {
    name: `release-hold ${hold}`,
    title: 'Release the legal hold',
    lead: 'What it covered can be erased, redacted and expire again, unless another hold covers it.',
    act: 'Release',
    tone: 'grave',
    initial: { reason: '' },
    fields: [reason],
    send: (client, id, values) => sendDecision(client, releaseLegalHold, { input: { id, hold, reason: values.reason ?? '' } }),
  }
}
