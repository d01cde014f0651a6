/** What was found for one page, and whether there is more behind and in front of it. */
export interface FoundPage<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[]
  readonly more: boolean
  readonly continued: boolean
}

/** A Relay connection of what was found. */
export function connection<Node>({ edges, more, continued }: FoundPage<Node>) {
  return {
    edges,
    pageInfo: {
      hasNextPage: more,
      hasPreviousPage: continued,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
