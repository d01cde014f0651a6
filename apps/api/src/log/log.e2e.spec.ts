import { createPublicKey, verify } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  leafHash,
  openNote,
  parseEntryBundle,
  parseNote,
  parseTlogProof,
  parseTreeHead,
  parseVerifierKey,
  proveInclusion,
  type Tile,
  tileNodes,
  tilePath,
  type VerifierKey,
  type VerifyEd25519,
  verifyInclusion,
  verifyTlogProof,
} from '@annal/proof'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LiveClient } from '../testing/live-client.ts'
import { driftDetected, TestServer } from '../testing/test-server.ts'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verify(null, message, createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }), signature)

interface Proof {
  leafIndex: string
  treeSize: string
  entry: string
  path: string[]
  proof: string
  root: string
  head: { note: string; size: string; witnessedBy: string[] }
}

const PROOF = `query Proof($id: UUID!) { inclusionProof(event: $id) { leafIndex treeSize entry leafHash path root proof head { size note witnessedBy timestampedAt } } }`
const LOG = `{ log { state reason origin simulatedClock treeSize unsealed lagMilliseconds publishFolder head { size signedAt note }
  keys { name verifierKey introducedAt retiredAt } history { at size lagMilliseconds } witnesses { name } } }`

describe('the log of a workspace', () => {
  let server: TestServer
  let cookie: string
  let workspace: string
  let service: string

  beforeAll(async () => {
    server = await TestServer.start()
    const signedIn = await server.signIn()
    cookie = signedIn.cookie
    workspace = signedIn.workspace
    service = await server.key(workspace)
  })
  afterAll(() => server.stop())

  const fetchLog = async (path: string) => {
    const answer = await fetch(`${server.url}/log/v1/${workspace}/${path}`)
    expect(answer.status, path).toBe(200)
    return { headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) }
  }

  async function sealedProof(id: string): Promise<Proof> {
    const since = performance.now()
    for (;;) {
      const { inclusionProof } = await server.ask<{ inclusionProof: Proof | null }>(cookie, PROOF, { id })
      if (inclusionProof !== null) return inclusionProof
      if (performance.now() - since > 10_000) throw new Error('expected a proof within 10 s, found none')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async function verifierKeys(): Promise<VerifierKey[]> {
    const text = Buffer.from((await fetchLog('keys')).bytes).toString()
    return text
      .trim()
      .split('\n')
      .map((line) => parseVerifierKey(line) as VerifierKey)
  }

  test('an event is under a signed head a second after it was recorded, and anybody can check it from the public files alone', async () => {
    const event = driftDetected()
    const [receipt] = await server.append(service, event)
    expect(receipt).toMatchObject({ __typename: 'Receipt' })
    const proof = await sealedProof(String(event.id))
    const { bytes } = await fetchLog('checkpoint')
    const parsed = parseNote(bytes)
    if (parsed.status === 'refused') throw new Error(parsed.reason)
    const keys = await verifierKeys()
    expect(keys).toHaveLength(1)
    expect(await openNote(parsed.note, keys, verifyEd25519)).toMatchObject({ status: 'opened', verified: keys })
    const head = parseTreeHead(parsed.note.text)
    if (head.status === 'refused') throw new Error(head.reason)
    const { origin, size, root } = head.head
    expect(origin).toBe(`127.0.0.1/log/v1/${workspace}`)

    const files = new Map<string, Uint8Array>()
    for (let level = 0; level < 2; level++) {
      const width = Math.floor(size / 256 ** level)
      if (width === 0) break
      const { bytes: tile, headers } = await fetchLog(tilePath({ level, index: 0, width }))
      expect(headers.get('cache-control')).toContain('immutable')
      files.set(`${level}/0`, tile)
    }
    const nodes = tileNodes(size, (tile: Tile) => files.get(`${tile.level}/${tile.index}`) as Uint8Array)
    const bundle = parseEntryBundle((await fetchLog(tilePath({ level: 'entries', index: 0, width: size }))).bytes, size)
    if (bundle.status === 'refused') throw new Error(bundle.reason)
    const entry = bundle.entries[Number(proof.leafIndex)] as Uint8Array
    expect(Buffer.from(entry).toString()).toBe(proof.entry)
    const { event: shown } = await server.ask<{ event: { commitment: string } }>(
      cookie,
      'query E($id: UUID!) { event(id: $id) { commitment } }',
      {
        id: event.id,
      },
    )
    expect(JSON.parse(proof.entry).commit).toBe(shown.commitment)
    const leaf = leafHash(entry)
    const index = Number(proof.leafIndex)
    expect(verifyInclusion({ index, size, leaf, root, proof: proveInclusion(index, size, nodes) })).toEqual({ status: 'verified' })
  })

  test('the proof that the API gives holds on its own', async () => {
    const event = driftDetected()
    await server.append(service, event)
    const { proof, entry, leafIndex, treeSize } = await sealedProof(String(event.id))
    const parsed = parseTlogProof(proof)
    if (parsed.status === 'refused') throw new Error(parsed.reason)
    expect(parsed.proof.index).toBe(Number(leafIndex))
    expect(Number(treeSize)).toBeGreaterThan(Number(leafIndex))
    const log = { origin: `127.0.0.1/log/v1/${workspace}`, keys: await verifierKeys(), verify: verifyEd25519 }
    expect(await verifyTlogProof(parsed.proof, leafHash(Buffer.from(entry)), log)).toEqual({ status: 'verified' })
    expect(await verifyTlogProof(parsed.proof, leafHash(Buffer.from(`${entry} `)), log)).toMatchObject({ status: 'refused' })
  })

  test('says where it stands, lists its heads by pages, and tells who follows', async () => {
    const { log } = await server.ask<{ log: Record<string, unknown> }>(cookie, LOG)
    expect(log).toMatchObject({ state: 'OPEN', reason: null, simulatedClock: false, publishFolder: false, witnesses: [] })
    expect(log.keys).toMatchObject([{ name: log.origin, retiredAt: null }])
    expect((log.history as unknown[]).length).toBeGreaterThan(0)
    const followed = 'subscription { logAdvanced { state treeSize head { size } } }'
    const live = new LiveClient(`${server.url}/graphql`, { cookie, origin: server.url }, followed)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const event = driftDetected()
    await server.append(service, event)
    const { treeSize } = await sealedProof(String(event.id))
    await live.until(({ told }) => told.length > 0)
    expect(live.told[0]).toMatchObject({ logAdvanced: { state: 'OPEN' } })
    live.close()
    const heads =
      'query H($after: String) { treeHeads(first: 1, after: $after) { edges { cursor node { size root } } pageInfo { hasNextPage endCursor } } }'
    const first = await server.ask<Heads>(cookie, heads)
    expect(Number(first.treeHeads.edges[0]?.node.size)).toBeGreaterThanOrEqual(Number(treeSize))
    const second = await server.ask<Heads>(cookie, heads, { after: first.treeHeads.pageInfo.endCursor })
    expect(Number(second.treeHeads.edges[0]?.node.size)).toBeLessThan(Number(first.treeHeads.edges[0]?.node.size))
  })

  test('nothing is served that no head covers, and nothing outside of logs', async () => {
    for (const path of ['tile/0/001', 'tile/0/000', 'tile/0/000.p/255', 'tile/1/000.p/1', 'tile/x/000', 'tile/0/../../keys.db', 'other']) {
      const answer = await fetch(`${server.url}/log/v1/${workspace}/${path}`)
      expect(answer.status, path).toBe(404)
    }
    for (const log of ['ws_other', '..%2Fkeys', 'system~9', `${workspace}~2`]) {
      const answer = await fetch(`${server.url}/log/v1/${log}/checkpoint`)
      expect(await answer.json(), log).toMatchObject({ error: { code: 'NOT_FOUND' } })
    }
    expect((await fetch(`${server.url}/log/v1/system/checkpoint`)).status).toBe(200)
  })

  test('services may not read it', async () => {
    expect(await server.graphql(service, LOG)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
  })

  test('what is not there is said so beside a dashboard too, which has pages for other paths', async () => {
    mkdirSync(join(server.folder, 'web'))
    writeFileSync(join(server.folder, 'web/index.html'), '<!doctype html>')
    await server.restart()
    expect((await fetch(`${server.url}/registers`)).status).toBe(200)
    for (const path of ['other', 'tile', 'checkpoint/', ''])
      expect((await fetch(`${server.url}/log/v1/${workspace}/${path}`)).status, path).toBe(404)
  })

  test('goes on where it was after a restart', async () => {
    const before = await server.ask<{ log: { treeSize: string; origin: string } }>(cookie, LOG)
    await server.restart()
    const { cookie: again } = await server.signIn()
    cookie = again
    const event = driftDetected()
    await server.append(service, event)
    const { treeSize } = await sealedProof(String(event.id))
    expect(Number(treeSize)).toBeGreaterThan(Number(before.log.treeSize))
    const after = await server.ask<{ log: { keys: unknown[]; origin: string } }>(cookie, LOG)
    expect(after.log.keys).toHaveLength(1)
    expect(after.log.origin).toBe(before.log.origin)
    expect(await (await fetch(`${server.url}/health/ready`)).json()).toMatchObject({ checks: { sealer: { status: 'ok' } } })
  })
})

interface Heads {
  readonly treeHeads: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly size: string } }[]
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean }
  }
}
