import { lightFormat } from 'date-fns/lightFormat'
import { readersZone, utcExact } from '../format/instants.ts'
import { useSession } from '../session/use-session.ts'
import { useOwnName } from '../things/people-names.ts'
import { useSealedLine } from './sealed-line.ts'

/** Date, scope and tree head, at the foot of what is printed. */
export function PageFoot({ scope = '' }: { readonly scope?: string }) {
  const { viewer, asOf } = useSession()
  const name = useOwnName()
  const sealed = useSealedLine()
  return (
    <p className="only-print text-2xs">
      Printed {lightFormat(new Date(), 'yyyy-MM-dd HH:mm')} ({readersZone()}) by {name ?? viewer.id} · workspace {viewer.workspace.id}
      {asOf !== null && ` · as known on ${utcExact(asOf)}`}
      {scope !== '' && ` · ${scope}`} · {sealed}
    </p>
  )
}
