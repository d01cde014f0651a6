import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { PlainRow } from './plain-row.ts'

interface Postgres {
  readonly pool: pg.Pool
  readonly version: string
  stop(): Promise<void>
}

/** The folder of PostgreSQL's server programs, or null where there are none. */
export function findPostgres(): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(debian, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb'))) ?? null
}

/** A cluster of its own in a temporary folder: fsync on, synchronous_commit on, TCP on 127.0.0.1, 64 pooled connections. */
export async function startPostgres(bin: string): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'annal-bench-pg-'))
  const owner = unprivilegedUser()
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const port = await freePort()
  const data = join(folder, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'annal', '-A', 'trust', '-E', 'UTF8', '--locale=C'], {
    stdio: 'ignore',
    cwd: folder,
    ...owner,
  })
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'shared_buffers=1GB', '-c', 'max_connections=100'],
    {
      stdio: 'ignore',
      cwd: folder,
      ...owner,
    },
  )
  const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'annal', database: 'postgres', max: 64 })
  pool.on('error', () => server.kill('SIGQUIT'))
  await ready(pool)
  const version = String((await pool.query('show server_version')).rows[0].server_version).split(' ')[0] ?? ''
  return {
    pool,
    version,
    stop: async () => {
      await pool.end()
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root: the user `postgres` of its package, or `nobody`. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: Number(execFileSync('id', ['-u', name])), gid: Number(execFileSync('id', ['-g', name])) }
    } catch (error) {
      if (name === 'nobody') throw error
    }
  }
  return undefined
}

async function ready(pool: pg.Pool): Promise<void> {
  const until = Date.now() + 20_000
  for (;;) {
    try {
      await pool.query('select 1')
      return
    } catch (error) {
      if (Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

export async function createEventTable(pool: pg.Pool): Promise<void> {
  await pool.query(`create table event (
    position bigint generated always as identity primary key,
    stream text not null, version integer not null, id uuid not null,
    bytes bytea not null, salt bytea not null,
    unique (stream, version))`)
}

/** One-row commits with `connections` in flight, for so long; gives commits per second. */
export async function oneRowCommits(
  pool: pg.Pool,
  { connections, milliseconds, nextRow }: { connections: number; milliseconds: number; nextRow: () => PlainRow },
): Promise<number> {
  const started = performance.now()
  const end = started + milliseconds
  let commits = 0
  const drive = async () => {
    const client = await pool.connect()
    try {
      while (performance.now() < end) {
        const row = nextRow()
        await client.query({
          name: 'insert-event',
          text: 'insert into event (stream, version, id, bytes, salt) values ($1, $2, $3, $4, $5)',
          values: [row.stream, row.version, row.id, row.bytes, row.salt],
        })
        commits++
      }
    } finally {
      client.release()
    }
  }
  await Promise.all(Array.from({ length: connections }, drive))
  return commits / ((performance.now() - started) / 1000)
}
