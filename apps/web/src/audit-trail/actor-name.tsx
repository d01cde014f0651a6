import { Bot, UserRound } from 'lucide-react'
import { shortenMiddle } from '../format/shorten.ts'
import { usePersonName } from '../things/people-names.ts'
import { useDoor } from './event-door.ts'
import type { TrailEvent } from './trail-documents.ts'

/** Who did it: a person or a key by name, or by id where the name is erased or unknown. A click filters by it. */
export function ActorName({ actor, inRow = false }: { readonly actor: TrailEvent['actor']; readonly inRow?: boolean }) {
  const { addTerm } = useDoor()
  const name = usePersonName(actor.id)
  const Icon = actor.kind === 'PERSON' ? UserRound : Bot
  return (
    <button
      type="button"
      tabIndex={inRow ? -1 : undefined}
      data-tip={`${actor.kind === 'PERSON' ? 'Person' : 'Service'} ${actor.id}`}
      onClick={(event) => {
        event.stopPropagation()
        addTerm({ key: 'actor', value: actor.id })
      }}
      className="inline-flex max-w-full items-center gap-1.5 rounded font-mono text-xs leading-5 text-ink-2 hover:text-accent-ink"
    >
      <Icon role="img" aria-label={actor.kind === 'PERSON' ? 'Person' : 'Service'} className="size-3.5 shrink-0 text-ink-3" />
      <span className={name === null ? 'truncate' : 'truncate font-sans'}>
        {name ?? (inRow ? shortenMiddle(actor.id, 10, 4) : actor.id)}
      </span>
    </button>
  )
}
