import { lightFormat } from 'date-fns/lightFormat'
import { readersZone } from '../format/instants.ts'
import { useSession } from '../session/use-session.ts'
import { useTrail } from './trail-context.ts'

/** Date, scope and tree head, at the foot of what is printed. */
export function PrintLine() {
  const { viewer } = useSession()
  const { line } = useTrail()
  return (
    <p className="only-print text-2xs">
      Printed {lightFormat(new Date(), 'yyyy-MM-dd HH:mm')} ({readersZone()}) by {viewer.id} · workspace {viewer.workspace.id}
      {line !== '' && ` · ${line}`} · not sealed: no tree head
    </p>
  )
}
