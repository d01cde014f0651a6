// biome-ignore lint/style/noRestrictedImports: only specs read files; nothing that is shipped imports this module.
import { readFileSync } from 'node:fs'
import type { EventEnvelope } from '../src/index.ts'

/** Known answers for the record's format, computed by an independent program. All keys, salts and IVs in it are test values. */
export const recordAnswers: RecordAnswers = JSON.parse(readFileSync(new URL('./record-v1.json', import.meta.url), 'utf8'))

interface RecordAnswers {
  readonly workspace: string
  readonly origin: string
  readonly indexKey: string
  readonly blockKey: string
  readonly subjectKey: string
  readonly signingSeed: string
  readonly verifierKey: string
  readonly events: readonly {
    readonly event: EventEnvelope
    readonly eventBytes: string
    readonly eventSha256: string
    readonly salt: string
    readonly commit: string
    readonly entry: string
    readonly leaf: string
  }[]
  readonly openings: readonly { readonly ref: string; readonly rk: string; readonly token: string }[]
  readonly map: readonly { readonly token: string; readonly count: number; readonly last: number }[]
  readonly heads: readonly { readonly size: number; readonly root: string; readonly mapRoot: string; readonly note: string }[]
  readonly fields: readonly {
    readonly stream: string
    readonly id: string
    readonly pointer: string
    readonly eventKey: string
    readonly subjectKey: string | null
    readonly fieldKey: string
    readonly iv?: string
    readonly value?: string
    readonly encrypted?: { readonly enc: 1; readonly sub: string | null; readonly iv: string; readonly ct: string; readonly kc: string }
    readonly inputSha256?: string
    readonly inputHmac?: string
  }[]
  readonly derivedIds: readonly { readonly domain: string; readonly parts: readonly (string | number)[]; readonly id: string }[]
}
