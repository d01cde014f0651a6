import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** True while the page is laid out for paper: everything that is loaded is drawn then. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const list = matchMedia('print')
    // The browser lays the paper out right after the event, so the rows must be there when it returns.
    const set = (value: boolean) => flushSync(() => setPrinting(value))
    const before = () => set(true)
    const after = () => set(false)
    const change = () => set(list.matches)
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    list.addEventListener('change', change)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
      list.removeEventListener('change', change)
    }
  }, [])
  return printing
}
