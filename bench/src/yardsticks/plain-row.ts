/** An event as a plain row: what a table without Annal would hold. */
export interface PlainRow {
  readonly id: string
  readonly stream: string
  readonly version: number
  readonly bytes: Uint8Array
  readonly salt: Uint8Array
}
