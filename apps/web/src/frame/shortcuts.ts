import { useEffect, useRef } from 'react'
import { preferences } from './preferences.ts'

/** What each key does while the component that names it is shown. A key is what `KeyboardEvent.key` says. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** Single-key shortcuts: not while typing, not in a modal dialog or menu, not when the reader turned them off. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!listens(event)) return
      const act = latest.current[event.key]
      if (!act) return
      event.preventDefault()
      act(event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

/** Ctrl K or ⌘ K, wherever the focus is. */
export function useCommandKey(key: string, act: () => void): void {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== key) return
      event.preventDefault()
      latest.current()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [key])
}

/** True on the keyboards whose command key is ⌘. */
export const onApple = /Mac|iPhone|iPad/.test(navigator.platform)

function listens(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false
  if (event.key.length === 1 && !preferences().singleKeys) return false
  const target = event.target
  if (!(target instanceof Element)) return true
  // Enter belongs to what has the focus, if anything has.
  if (event.key === 'Enter') return target === document.body
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return target.matches('input[type="checkbox"]')
  return target.closest('[role="menu"], [aria-modal="true"], [data-keys="own"]') === null
}
