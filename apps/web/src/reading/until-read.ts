import type { Exchange, Operation, OperationResult } from '@urql/core'
import { filter, makeSubject, merge, pipe, tap } from 'wonka'

/** How much of the record up to a day is read. */
export interface PastProgress {
  readonly read: number
  /** Null while that isn't known. */
  readonly of: number | null
}

interface Waiting {
  /** Whether anybody waits for that day. Nothing is asked while nobody does. */
  readonly watched: () => boolean
  /** Told how far the server is, and null when nothing is waited for any more. */
  readonly told: (progress: PastProgress | null) => void
}

const AGAIN_AFTER = 1_000

/** While the server reads the record up to a day it answers how far it is: the question is asked again until the day is there. */
export function untilRead({ watched, told }: Waiting): Exchange {
  return ({ forward }) =>
    (operations) => {
      const { source: again, next } = makeSubject<Operation>()
      const timers = new Map<number, ReturnType<typeof setTimeout>>()

      function over(key: number): void {
        clearTimeout(timers.get(key))
        if (timers.delete(key) && timers.size === 0) told(null)
      }

      function later(operation: Operation): void {
        clearTimeout(timers.get(operation.key))
        timers.set(
          operation.key,
          setTimeout(() => (watched() ? next(operation) : later(operation)), AGAIN_AFTER),
        )
      }

      return pipe(
        merge([
          pipe(
            operations,
            tap((operation) => operation.kind === 'teardown' && over(operation.key)),
          ),
          again,
        ]),
        forward,
        filter((result) => {
          const progress = progressIn(result)
          if (progress === null) over(result.operation.key)
          else {
            later(result.operation)
            told(progress)
          }
          return progress === null
        }),
      )
    }
}

function progressIn({ error }: OperationResult): PastProgress | null {
  const extensions = error?.graphQLErrors.find((each) => each.extensions.code === 'PAST_NOT_READY')?.extensions
  if (extensions === undefined) return null
  const { read, of } = extensions
  return { read: typeof read === 'number' ? read : 0, of: typeof of === 'number' && of > 0 ? of : null }
}
