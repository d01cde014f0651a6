import { Slot } from 'radix-ui'
import { type ComponentType, lazy, type ReactElement, Suspense, useState } from 'react'

/** What a component that opens something beside its trigger takes. */
export interface Floating {
  readonly trigger: ReactElement
  readonly startOpen: boolean
}

/** A menu or popover whose code is fetched when somebody goes for its trigger: pointing at it or focusing it is enough. */
export function onDemand<Props>(load: () => Promise<ComponentType<Props & Floating>>, opens: 'menu' | 'dialog') {
  const Loaded = lazy(async () => ({ default: await load() }))
  return function OnDemand(props: Props & Pick<Floating, 'trigger'>) {
    const [wanted, setWanted] = useState(false)
    const closed = (
      <Slot.Root
        aria-haspopup={opens}
        aria-expanded={false}
        onClick={() => setWanted(true)}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
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
