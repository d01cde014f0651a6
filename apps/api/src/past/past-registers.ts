import type { Registers } from '@annal/projections'
import type { Pasts } from './pasts.ts'

type Asking = Parameters<Registers['system']>[0]
type Answer = (asking: Asking, ...args: readonly unknown[]) => Promise<unknown>

/** A past may be taken away between its build and the reading of it: then it is built again. */
const ATTEMPTS = 3

/** The registers, those of the past too: each is built before it is read. */
export function pastRegisters(registers: Registers, pasts: Pasts): Registers {
  return new Proxy(registers, {
    get: (read, method: keyof Registers) => {
      const answer = read[method] as Answer
      return (asking: Asking, ...args: readonly unknown[]) =>
        asking.past === undefined ? answer(asking, ...args) : answerOfPast(pasts, answer, asking, args)
    },
  })
}

async function answerOfPast(pasts: Pasts, answer: Answer, asking: Asking, args: readonly unknown[]): Promise<unknown> {
  const { workspace, past: prefix } = asking
  if (prefix === undefined) throw new Error('expected a past, found none')
  for (let attempt = 1; ; attempt++) {
    const past = await pasts.ready({ workspace, prefix })
    try {
      return await answer(asking, ...args)
    } catch (error) {
      if (pasts.holds(past) || attempt === ATTEMPTS) throw error
    }
  }
}
