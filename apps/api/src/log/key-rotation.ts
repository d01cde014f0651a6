import { dropRetiredKeys, loadSigningKeys, rotateSigningKey, signsAt } from '@annal/ledger'
import type { ServerClock } from '../clock/server-clock.ts'
import { reportFault } from '../http/report-fault.ts'
import type { SealerThread } from '../workers/sealer.ts'
import type { KeyRecord, KeyRetirement } from './signing-keys.ts'

export interface KeyRotationOptions {
  readonly file: string
  readonly record: KeyRecord
  readonly sealer: SealerThread
  readonly clock: ServerClock
}

const HOUR = 3_600_000
/** How often, in ms, keys whose time is over are looked for. */
const LOOK = 30_000

/** Signing keys come and go: the new one is introduced before it signs, the old one signs beside it, is retired, and its private half is deleted. */
export class KeyRotation {
  private readonly timer: NodeJS.Timeout

  constructor(private readonly options: KeyRotationOptions) {
    this.timer = setInterval(() => void this.retireDue().catch((error: unknown) => reportFault(error, 'signing-keys')), LOOK)
    this.timer.unref()
  }

  /** Gives the instant at which the older keys end: at once, whatever was asked for, where somebody else has one. */
  async rotate(overlapHours: number, because: KeyRetirement): Promise<string> {
    const { file, sealer, clock } = this.options
    const overlap = because === 'compromised' ? 0 : overlapHours * HOUR
    const until = new Date(clock.now() + overlap).toISOString()
    await sealer.useSigningKeys(rotateSigningKey(file, until))
    await this.retireDue(because)
    return until
  }

  /** Only what is recorded as retired is deleted. */
  private async retireDue(because: KeyRetirement = 'rotated'): Promise<void> {
    const { file, record, sealer, clock } = this.options
    const now = clock.instant()
    const keys = loadSigningKeys(file)
    const signing = keys.filter((key) => signsAt(key, now))
    if (signing.length === keys.length) return
    await sealer.useSigningKeys(signing)
    await record.retire(signing, because)
    dropRetiredKeys(file, now)
  }

  close(): void {
    clearInterval(this.timer)
  }
}
