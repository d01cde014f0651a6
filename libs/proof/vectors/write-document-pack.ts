// biome-ignore lint/style/noRestrictedImports: writes the example of the document; nothing that is shipped imports this module.
import { readFileSync, writeFileSync } from 'node:fs'
import { documentExamples, documentPack } from './document-pack.ts'

/** Writes `pack-v1.zip` beside this file, and the examples into `docs/proof-format.md`, after the format changed. */
const DOCUMENT = new URL('../../../docs/proof-format.md', import.meta.url)

const examples = await documentExamples()
const text = readFileSync(DOCUMENT, 'utf8').replaceAll(
  /(^```\w* example:(\S+)\n)(.*?)(^```$)/gms,
  (_whole, start, name, _old, end) => `${start}${examples[name] ?? ''}${end}`,
)
writeFileSync(DOCUMENT, text)
writeFileSync(new URL('pack-v1.zip', import.meta.url), await documentPack())
