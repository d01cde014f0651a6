import { agents } from './agents.ts'
import { creditScoring } from './credit-scoring.ts'
import { governance } from './governance.ts'
import { incidents } from './incidents.ts'
import { inventory } from './inventory.ts'
import { portfolio } from './portfolio.ts'
import { running } from './running.ts'
import { staff } from './staff.ts'
import { Story, type Told } from './story.ts'
import { versions } from './versions.ts'

export { people } from './people.ts'
export type { StoryEvent, Told } from './story.ts'

/** 18 months. */
const DAYS = 549

/** Midnight of the day on which a story that ends then begins; both in ms since 1970. */
export function beginning(end: number): number {
  return new Story(end, DAYS, '').start
}

/**
 * What came to pass in an organisation that doesn't exist, in order: the same for the same end and seed. It begins 18 months before `end`, an
 * instant in ms since 1970.
 */
export function organisation(end: number, seed = 'nordlicht'): { readonly start: number; readonly events: readonly Told[] } {
  const story = new Story(end, DAYS, seed)
  for (const chapter of [governance, staff, portfolio, inventory, versions, running, agents, incidents, creditScoring]) chapter(story)
  return { start: story.start, events: story.all() }
}
