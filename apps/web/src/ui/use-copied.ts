import { useEffect, useRef, useState } from 'react'
import { announce } from './announce.ts'

export type CopyState = 'idle' | 'copied' | 'failed'

/** Copies text and says for a moment whether it went well. */
export function useCopied(): { readonly state: CopyState; readonly copy: (text: string, what: string) => void } {
  const [state, setState] = useState<CopyState>('idle')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function settle(next: CopyState, words: string): void {
    setState(next)
    announce(words)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setState('idle'), 1_500)
  }

  return {
    state,
    copy: (text, what) => {
      copyText(text).then(
        () => settle('copied', `${what} copied`),
        () => settle('failed', `${what} could not be copied: the browser refused`),
      )
    },
  }
}

/** The clipboard's promise, also where the page is not served securely and the browser offers none. */
function copyText(text: string): Promise<void> {
  return navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error('expected a clipboard, found none'))
}
