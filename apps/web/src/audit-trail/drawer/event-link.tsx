import { shortenMiddle } from '../../format/shorten.ts'
import { EventOpen } from '../event-open.tsx'
import { localStream } from '../table/local-stream.ts'

/** Another event, opened in this drawer. */
export function EventLink({ stream, id }: { readonly stream: string; readonly id: string }) {
  return (
    <EventOpen
      event={id}
      tip={`${stream}/${id}`}
      className="font-mono text-xs break-all text-accent-ink underline decoration-accent-line underline-offset-2 hover:decoration-accent"
    >
      {`${localStream(stream)}/${shortenMiddle(id)}`}
    </EventOpen>
  )
}
