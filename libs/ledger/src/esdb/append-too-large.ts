/** The server refuses an append, or an event, of this size (1 MiB an append by default). Nothing was stored; only a smaller one will be. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge'
}
