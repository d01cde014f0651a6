import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const documents = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
  'samples/README.md',
]
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

function read(document: string): string {
  return readFileSync(join(root, document), 'utf8')
}

describe('the documents', () => {
  it.each(documents)('%s cites only files that exist', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target]) => target ?? '')
    const missing = links.filter((target) => !existsSync(resolve(root, dirname(document), target)))
    expect(missing.map((target) => relative(root, resolve(root, dirname(document), target)))).toEqual([])
  })

  it.each(documents)('%s names only npm scripts that exist', (document) => {
    const named = [...read(document).matchAll(/\bnpm (?:run )?(start|test|serve|[a-z]+)\b/g)].map(([whole, name]) => ({
      whole,
      name: name ?? '',
    }))
    const unknown = named.filter(({ whole, name }) =>
      whole.startsWith('npm run') ? !(name in scripts) : !['start', 'test', 'ci', 'install'].includes(name),
    )
    expect(unknown.filter(({ name }) => !/^(and|or|is|comes|then|names)$/.test(name))).toEqual([])
  })

  it('ARCHITECTURE.md keeps to 150 lines', () => {
    expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(151)
  })

  it.each(documents)('%s claims tamper evidence at most', (document) => {
    expect(read(document)).not.toMatch(/tamper-?proof/i)
  })
})
