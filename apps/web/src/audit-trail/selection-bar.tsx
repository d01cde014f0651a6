import { X } from 'lucide-react'
import { Button, IconButton } from '../ui/button.tsx'
import { CopyIcon } from '../ui/copy.tsx'
import { useCopied } from '../ui/use-copied.ts'
import type { TrailEvent } from './trail-documents.ts'

/** What can be done with the selected events. */
export function SelectionBar({ events, onClear }: { readonly events: readonly TrailEvent[]; readonly onClear: () => void }) {
  const references = useCopied()
  const lines = useCopied()
  if (events.length === 0) return null
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-4 z-20 flex justify-center px-4" data-print="no">
      <div
        role="toolbar"
        aria-label="Selected events"
        className="rise pointer-events-auto flex items-center gap-1 rounded-lg bg-surface py-1 pr-1 pl-3 shadow-float"
      >
        <span role="status" className="pr-2 text-sm font-medium tabular">
          {events.length} selected
        </span>
        <Button
          look="quiet"
          icon={<CopyIcon state={references.state} />}
          onClick={() => references.copy(events.map((event) => `${event.stream}/${event.id}`).join('\n'), 'References')}
        >
          References
        </Button>
        <Button
          look="quiet"
          icon={<CopyIcon state={lines.state} />}
          onClick={() => lines.copy(events.map((event) => JSON.stringify(event)).join('\n'), 'JSON Lines')}
        >
          JSON Lines
        </Button>
        <IconButton label="Clear the selection" keys="Esc" onClick={onClear}>
          <X aria-hidden />
        </IconButton>
      </div>
    </div>
  )
}
