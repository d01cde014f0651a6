import { Slot } from 'radix-ui'
import { type ComponentType, type ReactElement, Suspense, useState } from 'react'
import { lazily } from './lazily.tsx'

/** What a component that opens something beside its trigger takes. */
export interface Floating {
  readonly trigger: ReactElement
  readonly startOpen: boolean
}

/** A menu or popover whose code is fetched when somebody goes for its trigger: pointing at it or focusing it is enough. */
export function onDemand<Props>(load: () => Promise<ComponentType<Props & Floating>>, opens: 'menu' | 'dialog') {
  const Loaded = lazily(load, ({ trigger }) => trigger)
  // Whether it comes is told to who opens it.
  const fetchAhead = () => void load().catch(() => {})
  return function OnDemand(props: Props & Pick<Floating, 'trigger'>) {
    const [wanted, setWanted] = useState(false)
    const closed = (
      <Slot.Root
        aria-haspopup={opens}
        aria-expanded={false}
        onClick={() => setWanted(true)}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
      >
        {props.trigger}
      </Slot.Root>
    )
    if (!wanted) return closed
    return (
      <Suspense fallback={closed}>
        <Loaded {...props} startOpen />
      </Suspense>
    )
  }
}
