import { type Pair, pairUp } from '../comparison/pair.ts'
import type { BadNews, Overview } from './overview-documents.ts'

interface ComparedNews {
  readonly gone: readonly BadNews[]
  readonly added: readonly BadNews[]
  readonly kept: readonly { readonly earlier: BadNews; readonly later: BadNews }[]
  /** How much of each date isn't told by name, and so isn't compared. */
  readonly untold: { readonly earlier: number; readonly later: number }
}

type News = Pick<Overview, 'badNews' | 'more'>

/** The same event about the same thing is the same news, though an incident's clock has run out since, or its evidence. */
export function compareNews(earlier: News, later: News): ComparedNews {
  const pairs: readonly Pair<BadNews>[] = pairUp(earlier.badNews, later.badNews, ({ event, thing }) => `${event} ${thing}`)
  return {
    gone: pairs.flatMap((pair) => (pair.later === null && pair.earlier !== null ? [pair.earlier] : [])),
    added: pairs.flatMap((pair) => (pair.earlier === null && pair.later !== null ? [pair.later] : [])),
    kept: pairs.flatMap((pair) => (pair.earlier !== null && pair.later !== null ? [{ earlier: pair.earlier, later: pair.later }] : [])),
    untold: { earlier: earlier.more, later: later.more },
  }
}
