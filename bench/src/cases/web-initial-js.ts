import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BenchCase } from '../bench-case.ts'

const dist = resolve(import.meta.dirname, '../../../apps/web/dist')

/** The scripts that the dashboard's page names itself, as the built files are gzipped: what any page needs before it shows anything. */
export const webInitialJs: BenchCase = {
  figures: ['web-initial-js'],
  async run({ skip }) {
    const page = join(dist, 'index.html')
    if (!existsSync(page)) {
      skip('web-initial-js is left out: the dashboard is not built')
      return []
    }
    const named = readFileSync(page, 'utf8').matchAll(/(?:src|href)="\/([^"]+\.js)"/g)
    const sizes = [...named].map(([, path = '']) => ({ path, size: gzipSync(readFileSync(join(dist, path))).length / 1024 }))
    if (sizes.length === 0) throw new Error(`expected scripts in ${page}, found none`)
    return [
      {
        name: 'web-initial-js',
        value: sizes.reduce((sum, { size }) => sum + size, 0),
        unit: 'KiB',
        bound: { kind: 'at most', value: 180 },
        details: [sizes.map(({ path, size }) => `${path} ${size.toFixed(1)}`).join(', ')],
      },
    ]
  },
}
