/** The head under which a pack stands, chosen once: a job that is begun again gives the same bytes. Plain, so that it can be kept in a file. */
export interface PinnedHead {
  /** Of the log, as its folders are named. */
  readonly log: string
  readonly origin: string
  readonly size: number
  readonly signedAt: string
  /** Of older heads, which others may have kept. */
  readonly olderSizes: readonly number[]
  /** The signed note with the cosignatures that had come. */
  readonly note: string
  readonly witnessedBy: readonly string[]
  /** Standard base64 of RFC 3161 responses. */
  readonly timestamps: readonly { readonly authority: string; readonly response: string }[]
}

/** Of the workspace's log and of the log named `system`. */
export interface PinnedHeads {
  readonly workspace: PinnedHead
  readonly system: PinnedHead
  readonly witnesses: { readonly quorum: number; readonly keys: readonly string[] } | null
}
