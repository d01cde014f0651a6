/** The server refuses an append of this size (1 MiB by default). Nothing was stored; only a smaller append will be. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge'
}
