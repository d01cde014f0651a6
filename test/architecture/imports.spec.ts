import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** The package table of ARCHITECTURE.md: who may import whom, and from where outside the house. */
const rooms: Record<string, { rooms: readonly string[]; packages: readonly string[] | 'any'; node: boolean }> = {
  'libs/proof': { rooms: [], packages: ['@noble/hashes', '@noble/ed25519', 'canonicalize', 'fflate'], node: false },
  'libs/domain': { rooms: [], packages: ['zod'], node: false },
  'libs/ledger': { rooms: ['libs/proof'], packages: ['@eventstore/db-client'], node: true },
  'libs/projections': { rooms: ['libs/domain', 'libs/ledger', 'libs/proof'], packages: ['kysely'], node: true },
  'libs/client': { rooms: ['libs/domain', 'libs/proof'], packages: ['commander'], node: true },
  'apps/api': { rooms: ['libs/domain', 'libs/ledger', 'libs/projections', 'libs/proof'], packages: 'any', node: true },
  'apps/verify': { rooms: ['libs/proof'], packages: [], node: true },
  'apps/web': { rooms: ['libs/domain', 'libs/proof'], packages: 'any', node: false },
}

/** A front door of its own (`@annal/proof/timestamp`): nothing else of the library pulls in ASN.1. */
const timestamps = { folder: 'libs/proof/src/timestamp/', packages: ['asn1js', 'pkijs'] }

interface Import {
  readonly from: string
  readonly to: string
}

/** Test kits that stand beside what they test. */
const forTests = /^src\/testing\/|\/temporary-folder\.ts$/

function sourcesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(spec|contract|gen|d)\.tsx?$/.test(file))
    .filter((file) => file.startsWith('src/') && !forTests.test(file))
    .map((file) => join(folder, file))
}

function importsOf(file: string): Import[] {
  return ts.preProcessFile(readFileSync(join(root, file), 'utf8')).importedFiles.map(({ fileName }) => ({ from: file, to: fileName }))
}

function roomOf(specifier: string): string | null {
  const name = specifier.match(/^@annal\/([a-z-]+)(?:\/[a-z-]+)?$/)?.[1]
  return name ? (Object.keys(rooms).find((room) => room.endsWith(`/${name}`)) ?? `unknown room ${specifier}`) : null
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function forbidden(room: string, { from, to }: Import): string | null {
  const rule = rooms[room]
  if (!rule) return `${room} has no rule`
  if (to.startsWith('.')) {
    const target = relative(root, resolve(root, dirname(from), to))
    if (target.startsWith(timestamps.folder) && !from.startsWith(timestamps.folder)) return `${from} pulls in ASN.1: ${to}`
    return target.startsWith(`${room}/`) ? null : `${from} reaches out of its room: ${to}`
  }
  if (to.startsWith('node:')) return rule.node ? null : `${from} is pure but imports ${to}`
  const other = roomOf(to)
  if (other) return rule.rooms.includes(other) ? null : `${from} may not import ${to}`
  if (from.startsWith(timestamps.folder) && timestamps.packages.includes(packageOf(to))) return null
  return rule.packages === 'any' || rule.packages.includes(packageOf(to)) ? null : `${from} may not import ${to}`
}

describe('the rooms of the house', () => {
  for (const room of Object.keys(rooms)) {
    it(`${room} imports only what the package table allows`, () => {
      const sources = sourcesOf(room)
      expect(sources.length).toBeGreaterThan(0)
      expect(
        sources
          .flatMap(importsOf)
          .map((edge) => forbidden(room, edge))
          .filter(Boolean),
      ).toEqual([])
    })

    it(`${room} has no import cycle`, () => {
      const edges = new Map(
        sourcesOf(room).map((file) => [
          file,
          importsOf(file)
            .filter(({ to }) => to.startsWith('.'))
            .map(({ to }) => relative(root, resolve(root, dirname(file), to))),
        ]),
      )
      expect(cycleIn(edges)).toBeNull()
    })
  }
})

/** The first cycle found by a depth-first walk, as the list of files along it, or null. */
function cycleIn(edges: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string): string[] | null => {
    const at = path.indexOf(file)
    if (at >= 0) return [...path.slice(at), file]
    if (done.has(file)) return null
    path.push(file)
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next)
      if (cycle) return cycle
    }
    path.pop()
    done.add(file)
    return null
  }
  for (const file of edges.keys()) {
    const cycle = visit(file)
    if (cycle) return cycle
  }
  return null
}
