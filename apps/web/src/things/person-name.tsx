import { Bot, UserRound } from 'lucide-react'
import { shortenMiddle } from '../format/shorten.ts'
import { useSession } from '../session/use-session.ts'
import { usePersonName } from './people-names.ts'

interface Actor {
  readonly kind: 'PERSON' | 'SERVICE'
  readonly id: string
}

/** Who did it: a person or a key by name, or by id where the name is erased or unknown. */
export function PersonName({ actor }: { readonly actor: Actor }) {
  const { viewer } = useSession()
  const name = usePersonName(actor.id)
  const Icon = actor.kind === 'PERSON' ? UserRound : Bot
  return (
    <span
      className="inline-flex max-w-full items-center gap-1.5 align-middle"
      data-tip={`${actor.kind === 'PERSON' ? 'Person' : 'Service'} ${actor.id}`}
    >
      <Icon role="img" aria-label={actor.kind === 'PERSON' ? 'Person' : 'Service'} className="size-3.5 shrink-0 text-ink-3" />
      {name !== null || actor.id === viewer.id ? (
        <span className="truncate">{actor.id === viewer.id ? 'You' : name}</span>
      ) : (
        <span className="truncate font-mono text-xs">{shortenMiddle(actor.id, 10, 4)}</span>
      )}
    </span>
  )
}
