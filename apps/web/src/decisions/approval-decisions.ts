import { type Decision, itemsOf, optional } from './decision.ts'
import { approve, refuse, requestApproval, withdrawApproval } from './decisions-documents.ts'
import { inDays } from './local-input.ts'
import { sendDecision } from './send.ts'

/** What can be asked about one approval. */
interface ApprovalOf {
  readonly id: string
  readonly subject: string
}

const reason = (required: boolean, hint: string) => ({ name: 'reason', label: 'Reason', kind: 'text', required, most: 4000, hint }) as const

export function requestDecision(about: { readonly subject: string; readonly systems: readonly string[]; readonly now: Date }): Decision {
  return {
    name: `request-approval ${about.subject}`,
    title: 'Request approval',
    lead: 'The people you name decide. It is bound to the version as it stands now, and lapses when that changes materially.',
    act: 'Request approval',
    initial: {
      subject: about.subject,
      systems: about.systems.join('\n'),
      quorum: '1',
      expiresAt: inDays(30, about.now),
      approvers: '',
      gate: '',
      reason: '',
    },
    fields: [
      {
        name: 'subject',
        label: 'What is to be approved',
        kind: 'line',
        required: true,
        hint: 'A version of a model (model:cs@7) or a system (aisystem:credit-scoring).',
        check: (value) => (/^[a-z]+:\S+$/.test(value) ? null : 'A reference such as model:cs@7.'),
      },
      { name: 'gate', label: 'Gate', kind: 'line', hint: 'The gate that asks for it, such as release.' },
      {
        name: 'approvers',
        label: 'Who may approve',
        kind: 'people',
        required: true,
        hint: 'You can’t approve your own request (four eyes).',
      },
      {
        name: 'quorum',
        label: 'How many must approve',
        kind: 'count',
        required: true,
        check: (value, { approvers }) =>
          Number(value) > itemsOf(approvers).length && itemsOf(approvers).length > 0 ? 'At most as many as you named.' : null,
      },
      {
        name: 'expiresAt',
        label: 'In force until',
        kind: 'instant',
        required: true,
        hint: 'Until when it can be given, and until when it is in force.',
      },
      { name: 'systems', label: 'Systems concerned', kind: 'systems' },
      reason(false, 'What the approvers should know. Encrypted at rest.'),
    ],
    send: (client, id, values) =>
      sendDecision(client, requestApproval, {
        input: {
          id,
          subject: values.subject?.trim() ?? '',
          quorum: Number(values.quorum),
          approvers: itemsOf(values.approvers),
          expiresAt: new Date(values.expiresAt ?? '').toISOString(),
          ...(itemsOf(values.systems).length > 0 && { systems: itemsOf(values.systems) }),
          ...optional('gate', values.gate),
          ...optional('reason', values.reason),
        },
      }),
  }
}

export function approveDecision({ id: approval, subject }: ApprovalOf): Decision {
  return {
    name: `approve ${approval}`,
    title: `Approve ${subject}`,
    lead: 'Your approval is recorded under your name and can’t be taken out of the record. With the last vote of the quorum it is granted.',
    act: 'Approve',
    initial: { reason: '' },
    fields: [reason(false, 'What decided it, and on what conditions. Encrypted at rest.')],
    send: (client, id, values) => sendDecision(client, approve, { input: { id, approval, subject, ...optional('reason', values.reason) } }),
  }
}

export function refuseDecision({ id: approval, subject }: ApprovalOf): Decision {
  return {
    name: `refuse ${approval}`,
    title: `Refuse ${subject}`,
    lead: 'The request is over then. Who asked may ask again, under another request.',
    act: 'Refuse',
    tone: 'grave',
    initial: { reason: '' },
    fields: [reason(true, 'Why, for those who asked. Encrypted at rest.')],
    send: (client, id, values) => sendDecision(client, refuse, { input: { id, approval, subject, ...optional('reason', values.reason) } }),
  }
}

export function withdrawDecision({ id: approval, subject }: ApprovalOf): Decision {
  return {
    name: `withdraw ${approval}`,
    title: `Withdraw the approval of ${subject}`,
    lead: 'A request that is withdrawn is over; an approval that is withdrawn is no longer in force.',
    act: 'Withdraw',
    tone: 'grave',
    initial: { reason: '' },
    fields: [reason(true, 'Why. Encrypted at rest.')],
    send: (client, id, values) =>
      sendDecision(client, withdrawApproval, { input: { id, approval, subject, ...optional('reason', values.reason) } }),
  }
}
