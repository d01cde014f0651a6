import { useReading } from '../reading/use-reading.ts'
import { useSession } from '../session/use-session.ts'
import { titleOf } from '../things/vocabulary.ts'
import { itemsOf } from './decision.ts'
import { peopleChoices } from './picker-documents.ts'
import type { PickerProps } from './systems-picker.tsx'

const MAY_DECIDE = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER']

/** People who may decide here, without the one who asks: nobody decides on their own request. */
export function PeoplePicker({ value, onChange }: PickerProps) {
  const { viewer } = useSession()
  const { reading } = useReading(peopleChoices, { search: null })
  if (reading.status === 'loading') return <p className="text-xs text-ink-3">Loading people…</p>
  if (reading.status === 'failed') return <p className="text-xs text-bad">The people could not be read: {reading.problem.message}</p>
  const chosen = itemsOf(value)
  const people = reading.data.people.edges
    .map(({ node }) => node)
    .filter(({ id, roles }) => id !== viewer.id && roles.some((role) => MAY_DECIDE.includes(role)))
  if (people.length === 0) return <p className="text-sm text-ink-2">Nobody else may decide here yet: an administrator invites people.</p>
  return (
    <ul className="max-h-48 overflow-y-auto rounded-md border border-line">
      {people.map((person) => (
        <li key={person.id} className="border-b border-line last:border-b-0">
          <label className="flex min-h-9 items-center gap-2.5 px-2.5 text-sm hover:bg-hover">
            <input
              type="checkbox"
              checked={chosen.includes(person.id)}
              onChange={(event) =>
                onChange((event.target.checked ? [...chosen, person.id] : chosen.filter((other) => other !== person.id)).join('\n'))
              }
              className="size-4 accent-accent"
            />
            <span className="min-w-0 flex-1 truncate">{person.name ?? person.id}</span>
            <span className="shrink-0 text-xs text-ink-3">{person.roles.map((role) => titleOf(role.toLowerCase())).join(', ')}</span>
          </label>
        </li>
      ))}
    </ul>
  )
}
