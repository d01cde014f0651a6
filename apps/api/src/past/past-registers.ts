import type { Past, Registers } from '@annal/projections'
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
      return (asking: Asking, ...args: readonly unknown[]) => {
        const { workspace, past: prefix } = asking
        return prefix === undefined ? answer(asking, ...args) : readPast(pasts, { workspace, prefix }, () => answer(asking, ...args))
      }
    },
  })
}

async function readPast(pasts: Pasts, wanted: Past, read: () => Promise<unknown>): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const past = await pasts.ready(wanted)
    try {
      return await read()
    } catch (error) {
      if (pasts.holds(past) || attempt === ATTEMPTS) throw error
    }
  }
}
