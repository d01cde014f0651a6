import { useState } from 'react'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/button.tsx'
import type { TimeRange } from '../filter/filter-term.ts'
import { rangePresets } from '../filter/range-presets.ts'
import { parseRange } from '../filter/time-range.ts'

interface RangePickerProps {
  readonly range: TimeRange
  readonly onPick: (range: TimeRange) => void
}

/** Common ranges, or two days. */
export function RangePicker({ range, onPick }: RangePickerProps) {
  const { now } = useSession()
  const [from, setFrom] = useState(range.from?.slice(0, 10) ?? '')
  const [to, setTo] = useState(range.to?.slice(0, 10) ?? '')
  const parsed = parseRange(`${from}..${to}`)
  const backwards = parsed.status === 'refused' && parsed.problem === 'ends-before-it-begins'

  return (
    <>
      <ul aria-label="Common ranges" className="grid grid-cols-2 gap-0.5 p-1">
        {rangePresets(now()).map((preset) => (
          <li key={preset.title}>
            <button
              type="button"
              onClick={() => onPick(preset.range)}
              className="flex h-7 w-full items-center rounded-md px-2 text-left text-sm text-ink-2 hover:bg-sunken hover:text-ink"
            >
              {preset.title}
            </button>
          </li>
        ))}
      </ul>
      <form
        className="grid gap-3 border-t border-line p-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (parsed.status === 'parsed') onPick(parsed.range)
        }}
      >
        <div className="grid grid-cols-2 gap-2">
          <Day label="From" value={from} onChange={setFrom} />
          <Day label="To, whole day" value={to} onChange={setTo} />
        </div>
        {backwards && (
          <p role="alert" className="text-sm text-bad">
            The range ends before it begins.
          </p>
        )}
        <div className="flex items-center justify-between gap-2">
          <span className="text-xs text-ink-3">Days are UTC days</span>
          <Button type="submit" look="primary" disabled={parsed.status !== 'parsed'}>
            Apply
          </Button>
        </div>
      </form>
    </>
  )
}

function Day({ label, value, onChange }: { readonly label: string; readonly value: string; readonly onChange: (day: string) => void }) {
  return (
    <label className="grid gap-1 text-xs text-ink-3">
      {label}
      <input
        type="date"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 w-full rounded-md border border-line-strong bg-surface px-1.5 text-xs text-ink tabular"
      />
    </label>
  )
}
