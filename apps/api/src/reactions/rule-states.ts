import type { ReactionStore, StateKey } from '@annal/ledger'

/** So many states are kept in memory between commits; changed ones until they are written. */
const MOST_STATES = 5_000

/** Whose states they are, and what a thing begins with. */
export interface StateOwner {
  readonly rule: string
  readonly begin: unknown
}

/** The states of the things that rules watch, as the events taken so far have made them, over those that are stored. */
export class RuleStates {
  private readonly known = new Map<string, unknown>()
  private readonly changed = new Map<string, StateKey>()

  private readonly store: ReactionStore

  constructor(store: ReactionStore) {
    this.store = store
  }

  get({ rule, begin }: StateOwner, workspace: string, thing: string): unknown {
    const key = keyOf(rule, workspace, thing)
    const known = this.known.get(key)
    if (known !== undefined) return known
    const stored = this.store.state({ rule, workspace, thing })
    const state: unknown = stored === null ? begin : JSON.parse(stored)
    this.known.set(key, state)
    return state
  }

  set({ rule }: StateOwner, workspace: string, thing: string, state: unknown): void {
    const key = keyOf(rule, workspace, thing)
    if (this.known.get(key) === state) return
    this.known.set(key, state)
    this.changed.set(key, { rule, workspace, thing })
  }

  /** The workspaces that an owner keeps stored states for. */
  workspacesOf({ rule }: StateOwner): readonly string[] {
    return this.store.statesOf(rule).map(({ workspace }) => workspace)
  }

  /** What was changed and not yet written. */
  unwritten(): (StateKey & { readonly value: string })[] {
    return [...this.changed].map(([key, stateKey]) => ({ ...stateKey, value: JSON.stringify(this.known.get(key)) }))
  }

  written(): void {
    this.changed.clear()
    if (this.known.size > MOST_STATES) this.known.clear()
  }
}

function keyOf(rule: string, workspace: string, thing: string): string {
  return `${rule} ${workspace} ${thing}`
}
