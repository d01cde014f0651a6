import { lightFormat } from 'date-fns/lightFormat'
import { use } from 'react'
import { ComparisonContext } from '../comparison/comparison.ts'
import { readersZone, utcExact } from '../format/instants.ts'
import { useSession } from '../session/use-session.ts'
import { useOwnName } from '../things/people-names.ts'
import { useSealedLine } from './sealed-line.ts'

/** Date, scope and tree head, at the foot of what is printed. */
export function PageFoot({ scope = '' }: { readonly scope?: string }) {
  const { viewer, asOf } = useSession()
  const name = useOwnName()
  const sealed = useSealedLine()
  const comparison = use(ComparisonContext)
  const instant = comparison === null ? asOf : comparison.earlier.asOf
  return (
    <p className="only-print text-2xs">
      Printed {lightFormat(new Date(), 'yyyy-MM-dd HH:mm')} ({readersZone()}) by {name ?? viewer.id} · workspace {viewer.workspace.id}
      {instant !== null && ` · as known on ${utcExact(instant)}`}
      {comparison !== null && ` and ${comparison.later.asOf === null ? 'now' : `on ${utcExact(comparison.later.asOf)}`}`}
      {scope !== '' && ` · ${scope}`} · {sealed}
    </p>
  )
}
