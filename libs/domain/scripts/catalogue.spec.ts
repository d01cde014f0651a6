// biome-ignore-all lint/style/noRestrictedImports: this test reads reference files
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventType, eventTypes } from '../src/event-types.ts'
import { derogationConditions, evidenceKinds, regulatoryRoles, riskClasses } from '../src/regulation/vocabulary.ts'
import { repository } from './generate.ts'

const reference = join(repository, '../shared')

/** The text of a reference file, or null (and a line that says so) where the folder isn't there. */
function referenceText(path: string): string | null {
  const file = join(reference, path)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  console.warn(`skipped: ${file} is not there`)
  return null
}

interface CatalogueEntry {
  readonly name: string
  readonly decision: boolean
  readonly material: boolean
  readonly evidence: readonly string[]
}

/** The entries of the catalogue's table: names in backticks, *D*, *m*, and the kinds behind the arrow. */
function entriesOf(catalogue: string): CatalogueEntry[] {
  const rows = catalogue.split('\n').filter((line) => line.startsWith('| **'))
  return rows
    .flatMap((row) => row.split('|')[2]!.split(' · '))
    .flatMap((chunk) => {
      const [facts = '', kinds = ''] = chunk.replace(/\{.*\}/g, '').split('→')
      const names = [...facts.matchAll(/`([A-Z][A-Za-z]+)`/g)].map(([, name]) => name!)
      const whole = names.map((name) => (eventType(name) === undefined && names[0]?.startsWith('Project') ? `Project${name}` : name))
      const evidence = kinds.includes('the kind') ? [] : [...kinds.matchAll(/[a-z]+(-[a-z]+)*/g)].map(([kind]) => kind)
      return whole.map((name) => ({ name, decision: facts.includes('*D*'), material: facts.includes('*m*'), evidence }))
    })
}

/** Beyond the catalogue: docs/adr/0010-requests-for-erasure-are-events.md. */
const ADDED = ['ErasureRequested', 'ErasureRefused']

test('every event of the catalogue is there, as it is marked, and no other but those that a decision added', () => {
  const catalogue = referenceText('spec/events.md')
  if (catalogue === null) return
  const entries = entriesOf(catalogue)
  const ours = eventTypes
    .filter(({ name }) => !ADDED.includes(name))
    .map(({ name, decision, material, evidence }) => ({ name, decision, material, evidence: [...evidence].sort() }))
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
  expect(ours.sort(byName)).toEqual(entries.map((entry) => ({ ...entry, evidence: [...entry.evidence].sort() })).sort(byName))
})

test('words that the regulation catalogue owns are its own', () => {
  const kinds = referenceText('regulation/evidence-kinds.json')
  const obligations = referenceText('regulation/eu-ai-act.json')
  const annex = referenceText('regulation/annex-iii.json')
  if (kinds === null || obligations === null || annex === null) return
  expect([...evidenceKinds]).toEqual(JSON.parse(kinds).map((kind: { id: string }) => kind.id))
  const records = JSON.parse(obligations) as { roles: string[]; riskClasses: string[] }[]
  expect(new Set(riskClasses)).toEqual(new Set(records.flatMap((record) => record.riskClasses)))
  expect(new Set([...regulatoryRoles, 'affected-person'])).toEqual(new Set(records.flatMap((record) => record.roles)))
  expect([...derogationConditions]).toEqual(JSON.parse(annex).derogation.conditions)
})
