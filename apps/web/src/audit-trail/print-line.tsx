import { lightFormat } from 'date-fns/lightFormat'
import { readersZone, utcExact } from '../format/instants.ts'
import { useSealedLine } from '../frame/sealed-line.ts'
import { useSession } from '../session/use-session.ts'
import { useDoor } from './event-door.ts'

/** Date, scope and tree head, at the foot of what is printed. */
export function PrintLine() {
  const { viewer, asOf } = useSession()
  const sealed = useSealedLine()
  const { scope } = useDoor()
  return (
    <p className="only-print text-2xs">
      Printed {lightFormat(new Date(), 'yyyy-MM-dd HH:mm')} ({readersZone()}) by {viewer.id} · workspace {viewer.workspace.id}
      {asOf !== null && ` · as known on ${utcExact(asOf)}`}
      {scope !== '' && ` · ${scope}`} · {sealed}
    </p>
  )
}
