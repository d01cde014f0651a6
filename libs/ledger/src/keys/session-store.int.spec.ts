import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSessionStore, type SessionStore } from './session-store.ts'

const NINE = '2026-03-03T09:00:00.000Z'
const TEN = '2026-03-03T10:00:00.000Z'
const ELEVEN = '2026-03-03T11:00:00.000Z'

let folder: string
let file: string
let sessions: SessionStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-sessions-'))
  file = join(folder, 'sessions.db')
  sessions = openSessionStore(file)
})

afterEach(() => {
  sessions.close()
  rmSync(folder, { recursive: true })
})

test('a session is found by its token until it ends, also after a restart', () => {
  const session = { workspace: 'ws_1', person: 'per_1', expiresAt: TEN }
  sessions.putSession('token', session)
  expect(sessions.session('token', NINE)).toEqual(session)
  expect(sessions.session('other', NINE)).toBeNull()
  sessions.close()
  sessions = openSessionStore(file)
  expect(sessions.session('token', NINE)).toEqual(session)
  sessions.deleteSession('token')
  expect(sessions.session('token', NINE)).toBeNull()
})

test('a session is gone from the instant on at which it expires', () => {
  sessions.putSession('token', { workspace: 'ws_1', person: 'per_1', expiresAt: TEN })
  expect(sessions.session('token', '2026-03-03T09:59:59.999Z')).not.toBeNull()
  expect(sessions.session('token', TEN)).toBeNull()
})

test('a person is signed out everywhere at once', () => {
  sessions.putSession('a', { workspace: 'ws_1', person: 'per_1', expiresAt: TEN })
  sessions.putSession('b', { workspace: 'ws_1', person: 'per_1', expiresAt: TEN })
  sessions.putSession('c', { workspace: 'ws_1', person: 'per_2', expiresAt: TEN })
  sessions.putSignIn('d', { workspace: 'ws_1', person: 'per_1', expiresAt: TEN })
  sessions.deletePerson('per_1')
  expect(['a', 'b', 'c'].map((token) => sessions.session(token, NINE)?.person ?? null)).toEqual([null, null, 'per_2'])
  expect(sessions.redeemSignIn('d', NINE)).toBeNull()
})

test('a sign-in token works once, and not when it has expired', () => {
  sessions.putSignIn('once', { workspace: 'ws_1', person: 'per_1', expiresAt: TEN })
  expect(sessions.redeemSignIn('once', NINE)).toEqual({ workspace: 'ws_1', person: 'per_1', expiresAt: TEN })
  expect(sessions.redeemSignIn('once', NINE)).toBeNull()
  sessions.putSignIn('late', { workspace: 'ws_1', person: 'per_1', expiresAt: TEN })
  expect(sessions.redeemSignIn('late', TEN)).toBeNull()
  expect(sessions.redeemSignIn('late', NINE)).toBeNull()
  expect(sessions.redeemSignIn('unknown', NINE)).toBeNull()
})

test('what has expired can be swept', () => {
  sessions.putSession('old', { workspace: 'ws_1', person: 'per_1', expiresAt: TEN })
  sessions.putSession('new', { workspace: 'ws_1', person: 'per_1', expiresAt: ELEVEN })
  sessions.deleteExpired(TEN)
  expect(sessions.session('old', NINE)).toBeNull()
  expect(sessions.session('new', NINE)).not.toBeNull()
})

test('tokens stand nowhere, and the file is for its owner alone', () => {
  sessions.putSession('a-token-that-nobody-else-may-know', { workspace: 'ws_1', person: 'per_1', expiresAt: TEN })
  const raw = Buffer.concat([file, `${file}-wal`].map((name) => readFileSync(name)))
  expect(raw.includes('a-token-that-nobody')).toBe(false)
  expect(raw.includes('per_1')).toBe(true)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})
