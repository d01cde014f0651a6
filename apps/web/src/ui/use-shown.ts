import { useCallback, useEffect, useRef, useState } from 'react'

interface Shown<Item> {
  readonly shown: readonly Item[]
  readonly left: number
  readonly showMore: () => void
  /** For the element whose children the items are. */
  readonly list: (element: HTMLElement | null) => void
}

/** The first of many items, and more of them when they are asked for: who asks by the keyboard goes on at the first new one. */
export function useShown<Item>(items: readonly Item[], first: number, step: number): Shown<Item> {
  const [most, setMost] = useState(first)
  const parent = useRef<HTMLElement | null>(null)
  const goOnAt = useRef<number | null>(null)
  useEffect(() => {
    if (goOnAt.current === null) return
    const target = parent.current?.children[goOnAt.current]?.querySelector('a, button')
    goOnAt.current = null
    if (target instanceof HTMLElement) target.focus()
  }, [most])
  const list = useCallback((element: HTMLElement | null) => {
    parent.current = element
  }, [])
  const shown = items.slice(0, most)
  return {
    shown,
    left: items.length - shown.length,
    showMore: () => {
      goOnAt.current = shown.length
      setMost(most + step)
    },
    list,
  }
}
