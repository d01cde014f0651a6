import { CircleAlert, CircleCheck, CircleDashed, Clock } from 'lucide-react'
import { useReading } from '../reading/use-reading.ts'
import { onDemand } from '../ui/on-demand.tsx'
import { sealQuery } from './seal-documents.ts'
import { type SealState, sealStateOf } from './seal-state.ts'

const SealPopover = onDemand(() => import('./seal-popover.tsx').then((module) => module.SealPopover), 'dialog')

const LOOKS: Readonly<Record<SealState['mark'], { readonly Icon: typeof Clock; readonly ink: string }>> = {
  unknown: { Icon: CircleDashed, ink: 'text-ink-3' },
  late: { Icon: Clock, ink: 'text-warn' },
  unwitnessed: { Icon: CircleDashed, ink: 'text-warn' },
  failed: { Icon: CircleAlert, ink: 'text-bad' },
  sealed: { Icon: CircleCheck, ink: 'text-ok' },
}

/** Up to where the ledger is sealed, and by whom that is witnessed. */
export function LiveSeal() {
  const { reading } = useReading(sealQuery, {})
  const log = reading.status === 'read' ? reading.data.log : null
  const state = sealStateOf(log)
  const { Icon, ink } = LOOKS[state.mark]
  return (
    <SealPopover
      log={log}
      state={state}
      trigger={
        <button
          type="button"
          className={`inline-flex h-8 items-center gap-1.5 whitespace-nowrap rounded-md px-2 text-sm hover:bg-sunken data-[state=open]:bg-sunken ${ink}`}
        >
          <Icon aria-hidden className="size-4 shrink-0" />
          <span className="max-lg:heard">{state.word}</span>
        </button>
      }
    />
  )
}
