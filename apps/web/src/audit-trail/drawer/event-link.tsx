import { Link } from '@tanstack/react-router'
import { shortenMiddle } from '../../format/shorten.ts'
import { localStream } from '../table/local-stream.ts'
import { useTrail } from '../trail-context.ts'

/** Another event, opened in this drawer. */
export function EventLink({ stream, id }: { readonly stream: string; readonly id: string }) {
  const { workspace } = useTrail()
  return (
    <Link
      to="/w/$workspace/events/$id"
      params={{ workspace, id }}
      search={(search) => search}
      data-tip={`${stream}/${id}`}
      className="font-mono text-xs break-all text-accent-ink underline decoration-accent-line underline-offset-2 hover:decoration-accent"
    >
      {localStream(stream)}/{shortenMiddle(id)}
    </Link>
  )
}
