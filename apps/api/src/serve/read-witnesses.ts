import { readFileSync } from 'node:fs'
import type { Witness } from '@annal/ledger'
import { parseWitnessKey } from '@annal/proof'

export type ReadWitnesses = { readonly value: readonly Witness[] } | { readonly problem: string }

const MOST = 30
const IN_FILE = 'file:'
const FORM = 'ANNAL_WITNESSES must be witnesses in the form name+hash+key=url, separated by commas or spaces, or file: and a path'

/**
 * `name+hash+key=url`, separated by commas or white space; the key as a witness publishes it (C2SP tlog-cosignature), the URL what
 * `/add-checkpoint` is put behind. Or `file:<path>`: a file of one a line, in which lines that begin with `#` say nothing.
 */
export function readWitnesses(text: string | undefined): ReadWitnesses {
  if (text === undefined) return { value: [] }
  if (!text.startsWith(IN_FILE)) return parseAll(text.split(/[\s,]+/))
  const path = text.slice(IN_FILE.length)
  try {
    const lines = readFileSync(path, 'utf8').split('\n')
    return parseAll(lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')))
  } catch (error) {
    return { problem: `ANNAL_WITNESSES names a file that can't be read: ${error instanceof Error ? error.message : String(error)}.` }
  }
}

function parseAll(entries: readonly string[]): ReadWitnesses {
  const witnesses: Witness[] = []
  for (const entry of entries.filter((text) => text !== '')) {
    const witness = parseOne(entry)
    if (witness === null) return { problem: `${FORM}; ${JSON.stringify(entry.slice(0, 200))} is none.` }
    if (witnesses.some(({ key }) => key.name === witness.key.name))
      return { problem: `ANNAL_WITNESSES names the witness ${witness.key.name} twice.` }
    witnesses.push(witness)
  }
  if (witnesses.length === 0 || witnesses.length > MOST) return { problem: `${FORM}; 1 to ${MOST} of them.` }
  return { value: witnesses }
}

/** A key has no `=`: its 33 bytes fill their base64. */
function parseOne(entry: string): Witness | null {
  const at = entry.indexOf('=')
  const verifierKey = entry.slice(0, at)
  const key = at < 0 ? null : parseWitnessKey(verifierKey)
  const url = URL.parse(entry.slice(at + 1))
  if (key === null || url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') return null
  return { key, verifierKey, url: url.href.replace(/\/(add-checkpoint)?$/, '') }
}
