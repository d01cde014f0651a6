import type { Floating } from '../../ui/on-demand.tsx'
import { Popover } from '../../ui/popover.tsx'
import type { TextKey, TimeRange } from '../filter/filter-term.ts'
import { RangePicker } from './range-picker.tsx'
import { TypePicker } from './type-picker.tsx'
import { ValuePicker } from './value-picker.tsx'

export function TypePopover(floating: Floating) {
  return (
    <Popover label="Type" {...floating}>
      {() => <TypePicker />}
    </Popover>
  )
}

interface ValuePopoverProps {
  readonly label: string
  readonly name: TextKey
  readonly value: string
  readonly onPick: (value: string) => void
}

export function ValuePopover({ name, value, onPick, ...popover }: ValuePopoverProps & Floating) {
  return (
    <Popover {...popover}>
      {(close) => (
        <ValuePicker
          name={name}
          value={value}
          onPick={(picked) => {
            close()
            onPick(picked)
          }}
        />
      )}
    </Popover>
  )
}

interface RangePopoverProps {
  readonly label: string
  readonly range: TimeRange
  readonly onPick: (range: TimeRange) => void
}

export function RangePopover({ range, onPick, ...popover }: RangePopoverProps & Floating) {
  return (
    <Popover {...popover}>
      {(close) => (
        <RangePicker
          range={range}
          onPick={(picked) => {
            close()
            onPick(picked)
          }}
        />
      )}
    </Popover>
  )
}
