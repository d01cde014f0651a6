// biome-ignore-all lint/style/noRestrictedImports: this test reads reference files
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { incidentClocks, seriousCategories } from '../src/reactions/incident-clocks.ts'

const reference = resolve(import.meta.dirname, '../../../../shared/regulation/incident-deadlines.json')
const hasReference = existsSync(reference)
if (!hasReference) console.warn(`skipped: ${reference} is not there to compare the clocks with`)

test.skipIf(!hasReference)('the clocks of incidents are those of the reference data', () => {
  const data = JSON.parse(readFileSync(reference, 'utf8'))
  expect(data.seriousIncident.categories.map(({ id }: { id: string }) => id)).toEqual(seriousCategories)
  for (const { id, limit, provision, obligation } of incidentClocks) {
    const clock = data.clocks.find((one: { id: string }) => one.id === id)
    expect(clock).toMatchObject({ duration: 'days' in limit ? `P${limit.days}D` : `PT${limit.hours}H`, isOuterLimit: true })
    expect(provision).toContain(clock.provision)
    if (obligation !== null) expect(clock.obligationIds).toContain(obligation)
  }
})
