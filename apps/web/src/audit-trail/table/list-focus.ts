import { type RefObject, useLayoutEffect, useRef } from 'react'

interface ListFocus {
  readonly frame: RefObject<HTMLElement | null>
  readonly activeId: string | null
  /** `first`: nothing was active before, as behind a link to an event. */
  readonly scrollTo: (first: boolean) => void
}

/** Keeps the active event in view, and focused while the focus is in the list or nowhere. */
export function useListFocus({ frame, activeId, scrollTo }: ListFocus): void {
  const before = useRef<string | null>(null)
  const latest = useRef(scrollTo)
  latest.current = scrollTo
  // Before anything else is pressed: Enter must meet the event that was stepped to.
  useLayoutEffect(() => {
    if (activeId === null || before.current === activeId) return
    latest.current(before.current === null)
    before.current = activeId
    const element = frame.current
    const focused = document.activeElement
    if (!element || isElsewhere(focused, element)) return
    const row = () => element.querySelector<HTMLElement>(`[data-event="${CSS.escape(activeId)}"]`)
    const drawn = row()
    // Whoever goes to a link or a button of a row stays there.
    if (drawn?.contains(focused)) return
    if (drawn) return drawn.focus({ preventScroll: true })
    // It is drawn only after the scroll: until then no other row keeps the focus.
    if (focused instanceof HTMLElement) focused.blur()
    requestAnimationFrame(() => row()?.focus({ preventScroll: true }))
  }, [activeId, frame])
}

function isElsewhere(focused: Element | null, list: HTMLElement): boolean {
  return focused !== null && focused !== document.body && !list.contains(focused)
}
