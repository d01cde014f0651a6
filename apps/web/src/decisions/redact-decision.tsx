import { words } from '../format/words.ts'
import type { Decision } from './decision.ts'
import { redactField } from './decisions-documents.ts'
import { sendDecision } from './send.ts'

interface Redaction {
  readonly event: { readonly id: string; readonly stream: string; readonly type: string; readonly summary: string }
  readonly pointer: string
  readonly field: string
  /** It is in the record: what was shown is shown no more. */
  readonly recorded: () => void
}

export function redactDecision({ event, pointer, field, recorded }: Redaction): Decision {
  return {
    name: `redact ${event.id} ${pointer}`,
    title: `Redact: ${field}`,
    lead: (
      <div className="grid gap-3">
        <p className="break-words">
          <span className="block text-xs text-ink-3">
            {words(event.type)} <span className="font-mono break-all">{event.id}</span>
          </span>
          <span className="text-ink">{event.summary}</span>
        </p>
        <ul className="grid list-disc gap-1 pl-4">
          <li>The key of this one field is destroyed for good: nobody can read it again, not from a backup either.</li>
          <li>The event, its place in the order and every proof of it stay valid.</li>
          <li>Packs that were handed out already keep it.</li>
        </ul>
      </div>
    ),
    act: 'Redact for good',
    tone: 'grave',
    initial: { reason: '' },
    fields: [
      {
        name: 'reason',
        label: 'Why it is redacted',
        kind: 'text',
        required: true,
        most: 4000,
        hint: 'The ground, such as a request (Art. 17 GDPR) or a name written by mistake. Don’t repeat what goes. Encrypted at rest.',
      },
    ],
    send: async (client, id, { reason = '' }) => {
      const answer = await sendDecision(client, redactField, {
        input: { id, event: event.id, stream: event.stream, path: pointer, reason },
      })
      if (answer.status === 'answered' && answer.data.result.__typename === 'DecisionRecorded') recorded()
      return answer
    },
  }
}
