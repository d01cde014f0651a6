import type { Exchange } from '@urql/core'
import { useCallback, useSyncExternalStore } from 'react'
import { fillIn } from './fill-in.ts'
import { type PastProgress, untilRead } from './until-read.ts'

const progress = new Map<string, PastProgress>()
const listeners = new Map<string, Set<() => void>>()

/** Between a client and its requests: what is read is the workspace as of the instant, as soon as the server has it. */
export function pastExchanges(workspace: string, asOf: string): readonly Exchange[] {
  const key = keyOf(workspace, asOf)
  return [
    fillIn('asOf', () => asOf),
    untilRead({
      watched: () => listeners.has(key),
      told: (next) => {
        if (next === null) progress.delete(key)
        else progress.set(key, next)
        for (const listener of listeners.get(key) ?? []) listener()
      },
    }),
  ]
}

/** How far the server is with that day, while something on the page waits for it. */
export function usePastProgress(workspace: string, asOf: string): PastProgress | null {
  const key = keyOf(workspace, asOf)
  const subscribe = useCallback(
    (listener: () => void) => {
      const here = listeners.get(key) ?? new Set()
      listeners.set(key, here.add(listener))
      return () => {
        here.delete(listener)
        if (here.size === 0) listeners.delete(key)
      }
    },
    [key],
  )
  return useSyncExternalStore(subscribe, () => progress.get(key) ?? null)
}

function keyOf(workspace: string, asOf: string): string {
  return `${workspace} ${asOf}`
}
