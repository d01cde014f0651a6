import type { EventDraft, RecordOutcome } from './event-draft.ts'

/** The drafts of one call to one stream: recorded all or none. Exactly one of `settle` and `fail` is called, once. */
export interface StreamPart {
  readonly stream: string
  readonly drafts: readonly EventDraft[]
  settle(outcomes: RecordOutcome[]): void
  fail(failure: unknown): void
}

interface Answer {
  resolve(outcomes: RecordOutcome[]): void
  reject(failure: unknown): void
}

/** The parts of one call; it is answered when all are through: with the outcomes in the order of the drafts, or the first failure. */
export function splitCall(drafts: readonly EventDraft[], { resolve, reject }: Answer): StreamPart[] {
  const stream = drafts[0]?.stream
  if (stream === undefined || drafts.every((draft) => draft.stream === stream)) {
    return [{ stream: stream ?? '', drafts, settle: resolve, fail: reject }]
  }
  const groups = placesByStream(drafts)
  const outcomes = new Array<RecordOutcome>(drafts.length)
  const failures: unknown[] = []
  let open = groups.size
  const close = () => {
    open--
    if (open > 0) return
    if (failures.length > 0) reject(failures[0])
    else resolve(outcomes)
  }
  return Array.from(groups, ([stream, group]) => ({
    stream,
    drafts: group.drafts,
    settle: (settled) => {
      for (const [i, outcome] of settled.entries()) outcomes[group.places[i] ?? 0] = outcome
      close()
    },
    fail: (failure) => {
      failures.push(failure)
      close()
    },
  }))
}

interface Group {
  readonly drafts: EventDraft[]
  readonly places: number[]
}

function placesByStream(drafts: readonly EventDraft[]): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const [place, draft] of drafts.entries()) {
    const group = groups.get(draft.stream)
    if (group === undefined) groups.set(draft.stream, { drafts: [draft], places: [place] })
    else {
      group.drafts.push(draft)
      group.places.push(place)
    }
  }
  return groups
}
