import { dataSubjectOf } from '@annal/domain'
import { discloseFieldKeys, type KeyReader } from '@annal/ledger'
import type { EventEnvelope, FieldDisclosure } from '@annal/proof'
import type { Erasures } from './erasures.ts'

/** Which sealed fields a pack opens: what people wrote about things; what belongs to a data subject only where names were asked for. */
export class FieldDisclosures {
  private readonly keys: KeyReader
  private readonly erasures: Erasures
  private readonly withNames: boolean

  constructor(keys: KeyReader, erasures: Erasures, withNames: boolean) {
    this.keys = keys
    this.erasures = erasures
    this.withNames = withNames
  }

  async of(envelope: EventEnvelope): Promise<Readonly<Record<string, FieldDisclosure>>> {
    const disclosed: Record<string, FieldDisclosure> = {}
    for (const { pointer, subject, key } of discloseFieldKeys(envelope, dataSubjectOf(envelope.type, envelope.data), this.keys)) {
      const disclosure = key ?? (await this.erasures.of(envelope, pointer, subject))
      const hidden = key !== null && subject !== null && !this.withNames
      if (disclosure !== null && !hidden) disclosed[pointer] = disclosure
    }
    return disclosed
  }
}
