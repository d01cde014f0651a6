import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSigningKeys } from '@annal/ledger'
import { formatVerifierKey, verifierKey } from '@annal/proof'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig, type ServerConfig } from '../serve/config.ts'
import { dataFolder } from '../serve/data-folder.ts'
import { driftDetected, TestServer } from '../testing/test-server.ts'
import { askServer } from './admin-client.ts'
import { readAdminRequest, readRole } from './admin-request.ts'
import { type Administered, openAdminSocket } from './admin-socket.ts'
import { carryOutAlone } from './carry-out-alone.ts'
import { fsck } from './fsck.ts'

const folder = mkdtempSync(join(tmpdir(), 'annal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function config(): ServerConfig {
  const outcome = readConfig({ ANNAL_PORT: '0', ANNAL_DATA: folder })
  if (outcome.status === 'refused') throw new Error(outcome.sentence)
  return outcome.config
}

describe('an operator’s command', { timeout: 120_000 }, () => {
  test('is carried out in the server’s place where none runs, and holds when it starts', async () => {
    const { socket } = dataFolder(folder)
    expect(await askServer(socket, { command: 'rebuild' })).toBeNull()
    const first = await TestServer.start(folder)
    const { workspace } = await first.signIn()
    await first.close()
    expect(await carryOutAlone({ command: 'rebuild' }, config())).toMatchObject({ status: 'done' })
    const issued = await carryOutAlone({ command: 'issue-key', workspace, role: 'SERVICE', name: 'x', requestsPerSecond: 7 }, config())
    const server = await TestServer.start(folder)
    expect(await server.graphql(`Bearer ${issued.status === 'done' ? issued.text : ''}`, '{ viewer { role } }')).toMatchObject({
      data: { viewer: { role: 'SERVICE' } },
    })
    expect(await askServer(socket, { command: 'sign-in-link' })).toMatchObject({
      status: 'done',
      text: expect.stringContaining('/sign-in#'),
    })
    await expect(carryOutAlone({ command: 'rebuild' }, config())).rejects.toThrow()
    await server.close()
  })

  test('finds nobody behind the socket of a server that was killed', async () => {
    const path = join(folder, 'killed.sock')
    const listen = `require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`
    spawnSync(process.execPath, ['-e', listen, path])
    expect(existsSync(path)).toBe(true)
    expect(await askServer(path, { command: 'workspaces' })).toBeNull()
  })

  test('that is given up ends no server', async () => {
    const path = join(folder, 'given-up.sock')
    const close = await openAdminSocket(path, { signInLink: () => 'a link '.repeat(100_000) } as unknown as Administered)
    for (let i = 0; i < 10; i++) {
      const socket = connect(path)
      socket.write('{"command":"sign-in-link"}\n'.repeat(3))
      await once(socket, 'readable')
      socket.destroy()
    }
    expect(await askServer(path, { command: 'sign-in-link' })).toMatchObject({ status: 'done' })
    await close()
  })

  test('opens no record where there is none, as in a folder whose name was mistyped', async () => {
    const data = join(folder, 'mistyped')
    const requests = [
      { command: 'workspaces' },
      { command: 'rotate-signing-key', overlapHours: 1, because: 'rotated' },
      { command: 'continue-log', workspace: 'ws_1', reason: 'The disk was lost.' },
    ] as const
    for (const request of requests)
      expect(await carryOutAlone(request, { ...config(), data })).toMatchObject({
        status: 'refused',
        message: expect.stringContaining(`${data} holds no record`),
      })
    expect(existsSync(data)).toBe(false)
  })

  test('checks the record beside the running server', async () => {
    const server = await TestServer.start(folder)
    const { workspace } = await server.signIn()
    await server.append(await server.key(workspace), driftDetected(), driftDetected())
    const { matches, lines } = await fsck(config(), [])
    expect(lines.join('\n')).toContain('match')
    expect(matches).toBe(true)
    expect((await fsck(config(), [formatVerifierKey(verifierKey('stranger.example', new Uint8Array(32).fill(9)))])).matches).toBe(false)
    await server.close()
  })

  test('ends a compromised signing key at once where no server runs, however long keys overlap otherwise', async () => {
    const { signingKeyFile } = config()
    const [old] = loadSigningKeys(signingKeyFile)
    const request = { command: 'rotate-signing-key', overlapHours: 168, because: 'compromised' } as const
    expect(await carryOutAlone(request, config())).toMatchObject({
      status: 'done',
      text: expect.stringContaining('retired as compromised'),
    })
    const left = loadSigningKeys(signingKeyFile)
    expect(left).toHaveLength(1)
    expect(left[0]?.publicKey).not.toEqual(old?.publicKey)
  })

  test('is read strictly', () => {
    expect(readAdminRequest('rebuild')).toBeNull()
    expect(readAdminRequest('{"command":"drop"}')).toBeNull()
    expect(readAdminRequest('{"command":"issue-key","workspace":"ws_1","role":"king","name":"x"}')).toBeNull()
    expect(readRole('risk-manager')).toBe('RISK_MANAGER')
  })
})
