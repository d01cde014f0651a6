import { setTimeout } from 'node:timers/promises'
import { graphql } from './annal-process.ts'

const PATIENCE = 300_000
const EVERY = 20

interface Behind {
  readonly ledger: { readonly views: readonly { readonly behind: number }[] }
}

/** Waits until every view shows the whole record, asking anew after so many ms; gives the seconds that it took. */
export async function caughtUp(url: string, key: string, every = EVERY): Promise<number> {
  const started = performance.now()
  for (;;) {
    const { ledger } = await graphql<Behind>(url, key, '{ ledger { views { behind } } }')
    const waited = performance.now() - started
    if (ledger.views.length > 0 && ledger.views.every(({ behind }) => behind === 0)) return waited / 1000
    if (waited > PATIENCE)
      throw new Error(`expected the views to catch up within ${PATIENCE} ms, found them ${JSON.stringify(ledger.views)}`)
    await setTimeout(every)
  }
}
