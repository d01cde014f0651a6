import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type AnyReaction, reactions } from '@annal/domain'
import {
  type EventDraft,
  type EventStore,
  type Ledger,
  loadMasterKey,
  openKeyStore,
  openLedger,
  openSqliteStore,
  ReactionStore,
} from '@annal/ledger'
import { parseEventBytes } from '@annal/proof'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolders } from '../../../../libs/ledger/src/sqlite/temporary-folder.ts'
import { GuardedStreams } from '../append/guarded-streams.ts'
import { ownDraft, SERVER } from '../identity/record-access.ts'
import type { ExpiryPage } from './expiry-run.ts'
import { type Acknowledgement, FollowUps } from './follow-ups.ts'
import { Reactor } from './reactor.ts'
import { beginRules } from './start-rules.ts'

const WORKSPACE = 'ws_1'
const START = Date.parse('2026-03-01T12:00:00.000Z')
const DAY = 86_400_000

const folder = temporaryFolders()
let file: (name: string) => string
let clock: number
let store: EventStore
let ledger: Ledger
let followUps: FollowUps
let close: () => Promise<void>

beforeEach(() => {
  const own = folder()
  file = (name) => join(own, name)
  clock = START
  open()
})
afterEach(() => close())

function open(): void {
  store = openSqliteStore({ file: file('events.db'), mode: 'write' })
  const keys = openKeyStore({ file: file('keys.db'), masterKey: loadMasterKey(file('master.key')), mode: 'write' })
  ledger = openLedger({ store, keys, now: () => clock })
  followUps = new FollowUps(ledger, new GuardedStreams(ledger, store, () => clock))
  close = async () => {
    await ledger.close()
    await store.close()
    keys.close()
  }
}

async function record(...events: [type: string, data: Record<string, unknown>][]): Promise<void> {
  const at = new Date(clock).toISOString()
  const outcomes = await ledger.append(events.map(([type, data]) => ownDraft({ type, data, workspace: WORKSPACE, actor: SERVER, at })))
  expect(outcomes.filter(({ status }) => status === 'refused')).toEqual([])
}

interface RunOptions {
  readonly rules?: readonly AnyReaction[]
  readonly record?: (drafts: readonly EventDraft[]) => Promise<Acknowledgement>
  readonly expire?: (page: ExpiryPage) => Promise<Acknowledgement>
  /** Ends it at once, as a crash would: nothing more is written. */
  readonly until?: () => boolean
}

const nothingExpires = (page: ExpiryPage): never => {
  throw new Error(`expected nothing to expire, found ${page.rule}`)
}

/** Runs reactions over the record until nothing more follows. */
async function react({
  rules = reactions,
  record: hand = (drafts) => followUps.record(drafts),
  expire = nothingExpires,
  until,
}: RunOptions = {}): Promise<void> {
  const reactionStore = ReactionStore.open(file('reactions.db'))
  beginRules(reactionStore, rules, { head: null, at: new Date(clock).toISOString() })
  const stopped = new AbortController()
  const ended = Reactor.run({
    rules,
    store: reactionStore,
    events: store,
    record: hand,
    expire,
    isSimulated: false,
    now: () => clock,
    signal: stopped.signal,
    committed: () => {},
  })
  try {
    for (let quiet = 0; quiet < 3 && !(until?.() ?? false); ) {
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 450))])
      const isIdle =
        reactionStore.cursor() === (await store.head()) && (reactionStore.nextDue() ?? 'z') > new Date(clock - 2_000).toISOString()
      quiet = isIdle ? quiet + 1 : 0
    }
  } finally {
    stopped.abort()
    await ended
    reactionStore.close()
  }
}

async function recorded(...types: string[]) {
  const events = await store.readAll({ after: null, limit: 1_000 })
  return events
    .filter(({ type }) => types.includes(type))
    .map(({ bytes }) => {
      const parsed = parseEventBytes(bytes)
      if (parsed.status === 'refused') throw new Error(parsed.reason)
      return parsed.envelope
    })
}

const deployed = (version: string): [string, Record<string, unknown>] => [
  'VersionDeployed',
  { model: 'cs', version, environment: 'production', kind: 'real_time', strategy: 'all' },
]
const terms = (days: number) => ({
  approval: 'a',
  subject: 'model:cs@7',
  subjectVersion: 0,
  expiresAt: new Date(START + days * DAY).toISOString(),
})
const granted = (days: number): [string, Record<string, unknown>][] => [
  ['ApprovalRequested', { ...terms(days), quorum: 1, approvers: ['per_a'] }],
  ['ApprovalGranted', { ...terms(days), approvers: ['per_a'] }],
]

describe('what follows from events', () => {
  test('is recorded once, whether or not the cursor had moved', async () => {
    await react()
    copyFileSync(file('reactions.db'), file('older.db'))
    await record(deployed('1'), deployed('2'))
    await react()
    expect(await recorded('ViolationRecorded')).toHaveLength(2)
    const before = await store.head()

    copyFileSync(file('older.db'), file('reactions.db'))
    await react()
    expect(await store.head()).toBe(before)
  })

  test('is not lost when the writer takes nothing for a while', async () => {
    await record(deployed('1'))
    let refusals = 2
    const positions: unknown[] = []
    const reluctant = async (drafts: readonly EventDraft[]): Promise<Acknowledgement> => {
      const probe = ReactionStore.open(file('reactions.db'))
      positions.push(probe.cursor())
      probe.close()
      return refusals-- > 0 ? { status: 'later', reason: 'full' } : followUps.record(drafts)
    }
    await react({ record: reluctant })
    expect(positions).toEqual([null, null, null])
    expect(await recorded('ViolationRecorded')).toHaveLength(1)
  })

  test('is not lost when the process ends between the acknowledgement and the commit, or before either', async () => {
    await record(deployed('1'), deployed('2'))
    for (const lost of [false, true]) {
      let handed = false
      const dying = async (drafts: readonly EventDraft[]): Promise<Acknowledgement> => {
        if (!lost) await followUps.record(drafts)
        handed = true
        return new Promise(() => {})
      }
      const died = react({ record: dying, until: () => handed })
      await Promise.race([died, new Promise((resolve) => setTimeout(resolve, 2_500))])
    }
    await react()
    expect((await recorded('ViolationRecorded')).map(({ data }) => data.subject)).toEqual(['model:cs@1', 'model:cs@2'])
  })

  test('that a decider refuses is seen to', async () => {
    await record(...granted(30), ['ApprovalWithdrawn', { approval: 'a', subject: 'model:cs@7', reason: 'x' }])
    await record([
      'IncidentReported',
      {
        incident: 'i',
        title: 't',
        category: 'fundamental-rights',
        severity: 'high',
        occurredAt: new Date(clock).toISOString(),
        awareAt: new Date(clock).toISOString(),
        systems: ['s'],
      },
    ])
    const [reported] = await recorded('IncidentReported')
    // Somebody opened the very task before.
    await record(['TaskOpened', { task: `notify-aia-73-2-general-${reported?.id}`, for: 'incident:i', due: '2026-03-17T00:00:00.000Z' }])
    await react()
    expect(await recorded('TaskOpened')).toHaveLength(1)
  })
})

describe('a store that was put back to an older state', () => {
  /** Without the events that came after `work` began, but with all that reactions have done and remembered. */
  async function putBackBefore(work: () => Promise<void>): Promise<void> {
    await close()
    copyFileSync(file('events.db'), file('older.db'))
    open()
    await work()
    await close()
    copyFileSync(file('older.db'), file('events.db'))
    rmSync(file('events.db-wal'), { force: true })
    open()
  }

  test('gets anew what followed from its last events, and not twice what it has', async () => {
    await react()
    await record(deployed('1'))
    await react()
    await record(deployed('2'))
    await putBackBefore(() => react())
    expect((await recorded('ViolationRecorded')).map(({ data }) => data.subject)).toEqual(['model:cs@1'])
    await react()
    expect((await recorded('ViolationRecorded')).map(({ data }) => data.subject)).toEqual(['model:cs@1', 'model:cs@2'])
  })

  test('is not judged by what is no more', async () => {
    await react()
    await record(['TaskOpened', { task: 't', for: 'incident:i', due: '2026-03-17T00:00:00.000Z' }])
    await putBackBefore(async () => {
      await record(...granted(30))
      await react()
    })
    await record(deployed('7'))
    await react()
    expect((await recorded('ViolationRecorded')).map(({ data }) => data.subject)).toEqual(['model:cs@7'])
  })
})

describe('what time causes', () => {
  test('comes when it is due, and what came due while nobody ran comes with the next start, once', async () => {
    await record(...granted(10))
    await react()
    expect(await recorded('ApprovalLapsed')).toEqual([])

    clock = START + 10 * DAY + 500
    await react()
    expect(await recorded('ApprovalLapsed')).toEqual([])

    clock = START + 20 * DAY
    await react()
    const lapses = await recorded('ApprovalLapsed')
    expect(lapses).toMatchObject([
      {
        data: { approval: 'a', because: 'expired' },
        occurredAt: terms(10).expiresAt,
        causationId: expect.stringContaining('ws_1.approval-a/'),
      },
    ])
    await react()
    expect(await recorded('ApprovalLapsed')).toHaveLength(1)
  })

  test('comes before what was recorded later', async () => {
    await record(...granted(20))
    await react()
    clock = START + 30 * DAY
    await record(['ModelVersionRegistered', { model: 'cs', version: '7', artifact: { sha256: '0'.repeat(64) } }])
    await react()
    expect(await recorded('ApprovalLapsed')).toMatchObject([{ data: { because: 'expired' } }])
  })
})

describe('what runs out under a retention rule', () => {
  const review = (n: number): [string, Record<string, unknown>] => [
    'DecisionReviewed',
    { system: 's', decidedOn: '2026-03-01', decisionId: `d-${n}`, reviewer: 'team', outcome: 'confirmed', reason: 'x' },
  ]
  const rule: [string, Record<string, unknown>] = [
    'RetentionSet',
    { dataset: 'notes', keep: 'P5D', from: 'creation', afterwards: 'delete', expires: ['DecisionReviewed'] },
  ]
  const done: Acknowledgement = { status: 'acknowledged' }

  test('is handed in by pages, each event once, and the very same again after a crash', async () => {
    await record(rule, ...Array.from({ length: 230 }, (_, n) => review(n)))
    await react()
    clock = START + 6 * DAY
    const first: ExpiryPage[] = []
    const dying = async (page: ExpiryPage): Promise<Acknowledgement> => {
      first.push(page)
      return first.length < 2 ? done : new Promise(() => {})
    }
    await Promise.race([react({ expire: dying, until: () => first.length === 2 }), new Promise((resolve) => setTimeout(resolve, 4_000))])
    const again: ExpiryPage[] = []
    const taking = async (page: ExpiryPage): Promise<Acknowledgement> => {
      again.push(page)
      return done
    }
    await react({ expire: taking })
    expect(again.slice(0, 2)).toEqual(first)
    expect(again.map(({ events }) => events.length)).toEqual([100, 100, 30])
    expect(new Set(again.flatMap(({ events }) => events)).size).toBe(230)
    expect(new Set(again.map(({ id }) => id)).size).toBe(3)

    await record(review(230))
    clock = START + 30 * DAY
    await react({ expire: taking })
    expect(again.slice(3).map(({ events }) => events.length)).toEqual([1])
  })
})

describe('a new rule', () => {
  const older = reactions.filter(({ rule }) => rule !== 'deployed-without-approval' && rule !== 'approval-expired')

  test('has effects from its deployment on, and knows what was before', async () => {
    await record(...granted(10), deployed('6'))
    await react({ rules: older })
    expect(await recorded('ViolationRecorded')).toEqual([])

    await react()
    await record(deployed('7'), deployed('8'))
    await react()
    expect((await recorded('ViolationRecorded')).map(({ data }) => data.subject)).toEqual(['model:cs@8'])

    clock = START + 11 * DAY
    await react()
    expect(await recorded('ApprovalLapsed')).toHaveLength(1)
  })

  test('leaves alone what was due before it', async () => {
    await record(...granted(10))
    await react({ rules: older })
    clock = START + 11 * DAY
    await react()
    expect(await recorded('ApprovalLapsed')).toEqual([])
  })
})

test('events that concern no rule leave nothing but a cursor', async () => {
  const plain = Array.from({ length: 50 }, (_, i): [string, Record<string, unknown>] => [
    'FeedbackRecorded',
    { system: `s${i}`, phase: 'limited_beta', adoption: 0.5 },
  ])
  await record(...plain)
  const handed: unknown[] = []
  await react({
    record: async (drafts) => {
      handed.push(drafts)
      return { status: 'acknowledged' }
    },
  })
  expect(handed).toEqual([])
})

test('a monthly quota of events counts every event from the one that set it, over restarts', async () => {
  const plain = (n: number) =>
    Array.from({ length: n }, (): [string, Record<string, unknown>] => [
      'FeedbackRecorded',
      { system: 's', phase: 'limited_beta', adoption: 0.5 },
    ])
  await record(...plain(5), ['QuotaSet', { resource: 'events-per-month', limit: 6, unit: 'events' }], ...plain(3))
  await react()
  expect(await recorded('QuotaExceeded')).toEqual([])
  await record(...plain(3))
  await react()
  await record(...plain(3))
  await react()
  expect(await recorded('QuotaExceeded')).toMatchObject([{ data: { resource: 'events-per-month', limit: 6, used: 7 } }])
})
