import { endOf, localSecond, readersZone, utcExact } from '../format/instants.ts'
import { useSession } from '../session/use-session.ts'

/** The end of a time that is given: 24:00 of the last day where the law counts days; when that is for the reader, on hover. */
export function Due({ at }: { readonly at: string }) {
  const { viewer } = useSession()
  const { text, zone } = endOf(at, viewer.workspace.legalTimeZone)
  const [day, time] = text.split(' ')
  return (
    <time dateTime={at} data-tip={`${localSecond(at)} in ${readersZone()}\n${utcExact(at)}`} className="tabular">
      <span className="whitespace-nowrap">
        <span className="text-ink-3">{day}</span> {time}
      </span>
      {zone !== null && <span className="text-ink-3"> {zone}</span>}
    </time>
  )
}
