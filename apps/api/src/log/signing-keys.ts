import { type EventReader, type Ledger, readIntroducedKeys, type SigningKey } from '@annal/ledger'
import { derivedId, formatVerifierKey, verifierKey } from '@annal/proof'
import { type OwnEvent, recordOwn, SERVER, SYSTEM } from '../identity/record-access.ts'

export interface KeyRecordOptions {
  readonly ledger: Ledger
  readonly store: EventReader
  /** `YYYY-MM-DDTHH:mm:ss.sssZ` */
  readonly now: () => string
}

/** Why a key that is still ours ends. */
export type KeyRetirement = 'rotated' | 'compromised'

const SYSTEM_LOG = /\/log\/v1\/system$/

/** What the system's log says of the keys that sign tree heads. */
export class KeyRecord {
  constructor(private readonly options: KeyRecordOptions) {}

  /** Records that these keys sign from now on; durable when it resolves. Keys that are introduced already are left out. */
  async introduce(origin: string, verifierKeys: readonly string[]): Promise<void> {
    const { ledger, store, now } = this.options
    const introduced = await readIntroducedKeys(store)
    const replaced = introduced.findLast(({ key, retiredAt }) => key.name === origin && retiredAt === null)?.verifierKey
    for (const text of verifierKeys) {
      if (introduced.some((known) => known.verifierKey === text)) continue
      const at = now()
      const replaces = replaced === undefined ? {} : { replaces: replaced }
      const data = { keyName: origin, algorithm: 'ed25519', verifierKey: text, validFrom: at, ...replaces }
      await recordOwn(ledger, [own('SigningKeyIntroduced', data, at, ['annal/key-introduced/v1', text])])
    }
  }

  /** Records that keys which sign no more are retired, each once. */
  async retire(keys: readonly SigningKey[], because: KeyRetirement | 'lost'): Promise<void> {
    const { ledger, store, now } = this.options
    const current = new Set(keys.map(({ publicKey }) => Buffer.from(publicKey).toString('hex')))
    for (const { key, verifierKey: text, retiredAt } of await readIntroducedKeys(store)) {
      if (retiredAt !== null || current.has(Buffer.from(key.publicKey).toString('hex'))) continue
      const at = now()
      const data = { keyName: key.name, verifierKey: text, because }
      await recordOwn(ledger, [own('SigningKeyRetired', data, at, ['annal/key-retired/v1', text])])
    }
  }

  /** Fixes what the system's log is called, once and for all, by introducing its first key. */
  async nameSystemLog(host: string, keys: readonly SigningKey[]): Promise<void> {
    const introduced = await readIntroducedKeys(this.options.store)
    if (introduced.some(({ key }) => SYSTEM_LOG.test(key.name))) return
    const origin = `${host}/log/v1/${SYSTEM}`
    await this.introduce(
      origin,
      keys.slice(0, 1).map(({ publicKey }) => formatVerifierKey(verifierKey(origin, publicKey))),
    )
  }
}

/** The id follows from what is said, so that saying it twice is saying it once. */
function own(type: string, data: OwnEvent['data'], at: string, [domain, ...parts]: readonly [string, ...string[]]): OwnEvent {
  return { type, data, workspace: SYSTEM, actor: SERVER, at, id: derivedId(domain, parts) }
}
