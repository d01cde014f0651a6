import { localExact, localSecond, utcExact } from '../format/instants.ts'

/** An instant in the reader's zone; in UTC and exact on hover. The day is dimmed where rows repeat it. */
export function Instant({ at, exact = false }: { readonly at: string; readonly exact?: boolean }) {
  const [day, time] = (exact ? localExact(at) : localSecond(at)).split(' ')
  return (
    <time dateTime={at} data-tip={utcExact(at)} className="whitespace-nowrap tabular">
      <span className="text-ink-3">{day}</span> {time}
    </time>
  )
}
