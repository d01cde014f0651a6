import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { composeSchema } from './compose-schema.ts'

interface Service {
  readonly image?: string
  readonly build?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { condition: string }>>
  readonly healthcheck?: { test?: readonly string[]; disable?: boolean }
  readonly restart?: string
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes?: Readonly<Record<string, null>>
}

const root = resolve(import.meta.dirname, '../..')
const base: Compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'))
const kurrent: Compose = parse(readFileSync(join(root, 'docker-compose.kurrentdb.yml'), 'utf8'))
const both: Compose = {
  services: { ...base.services, 'event-store': { ...base.services['event-store'], ...kurrent.services['event-store'] } },
  volumes: { ...base.volumes, ...kurrent.volumes },
}
const REQUIRED = /^\$\{[A-Z_]+:\?[^}]+\}$/
const SECRET = /PASSWORD|SECRET|TOKEN/

describe.each([
  ['docker-compose.yml', base],
  ['docker-compose.kurrentdb.yml', kurrent],
])('%s', (_, compose) => {
  it('is a compose file', () => {
    const validate = new Ajv({ allErrors: true }).compile(composeSchema)
    validate(compose)
    expect(validate.errors ?? []).toEqual([])
  })

  it('gives no secret a default', () => {
    for (const { environment = {} } of Object.values(compose.services)) {
      for (const [name, value] of Object.entries(environment)) {
        if (SECRET.test(name)) expect(value, name).toMatch(REQUIRED)
        const password = /^[a-z]+:\/\/[^:/]+:(\$\{[^}]*\}|[^@]*)@/.exec(value)?.[1]
        if (password !== undefined) expect(password, name).toMatch(REQUIRED)
      }
    }
  })
})

describe.each([
  ['docker-compose.yml', base],
  ['docker-compose.yml with docker-compose.kurrentdb.yml', both],
])('%s', (_, compose) => {
  const services = Object.entries(compose.services)

  it('mounts only volumes that it declares, and declares none in vain', () => {
    const mounted = new Set(services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0])))
    const declared = Object.keys(compose.volumes ?? {})
    expect(declared).toEqual(expect.arrayContaining([...mounted]))
    if (compose === base) expect(declared.filter((volume) => !mounted.has(volume))).toEqual([])
  })

  it('waits only for services that it has, and only for the health of those that are checked', () => {
    for (const [, { depends_on = {} }] of services) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        const service = compose.services[name]
        expect(service, name).toBeDefined()
        if (condition === 'service_healthy') expect(service?.healthcheck?.test, name).toBeDefined()
        if (condition === 'service_completed_successfully') expect(service?.restart, name).toBe('no')
      }
    }
  })

  it('checks the health of all that keeps running', () => {
    for (const [name, { restart, healthcheck }] of services) if (restart !== 'no') expect(healthcheck?.test, name).toBeDefined()
  })

  it('names a version of every image that it does not build', () => {
    for (const [, { image = '', build }] of services) if (build === undefined) expect(image).toMatch(/:[0-9][0-9a-z.-]*$/)
  })
})

describe('the settings that docker-compose.yml gives Annal', () => {
  it('are settings that Annal knows', () => {
    const known = [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/ANNAL_[A-Z_]+/g)].map(([name]) => name)
    const given = Object.keys(base.services.annal?.environment ?? {})
    expect(known).toEqual(expect.arrayContaining(given))
  })
})

describe('what is built into the image', () => {
  it('runs as a user of its own, from the lockfile', () => {
    const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8')
    expect(dockerfile).toMatch(/^FROM node:24-/m)
    expect(dockerfile).toMatch(/npm ci/)
    expect(
      dockerfile
        .trimEnd()
        .split('\n')
        .findLastIndex((line) => line.startsWith('USER annal')),
    ).toBeGreaterThan(dockerfile.split('\n').findLastIndex((line) => line.startsWith('FROM')))
  })

  it('holds no data, no secrets and no history of the machine that built it', () => {
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.env', 'data', 'sample-data', '**/node_modules']))
  })
})
