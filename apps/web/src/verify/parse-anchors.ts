import { encodeUtf8, type PackAnchors, parseNote, parseTreeHead, parseVerifierKey, parseWitnessKey, type VerifierKey } from '@annal/proof'

export type AnchorName = 'keys' | 'heads' | 'witnesses' | 'authorities'

/** What somebody pasted, field by field. */
export type AnchorTexts = Readonly<Record<AnchorName, string>>

export const NO_TEXTS: AnchorTexts = { keys: '', heads: '', witnesses: '', authorities: '' }

export type ParsedAnchor<Value> =
  | { readonly status: 'parsed'; readonly value: readonly Value[] }
  | { readonly status: 'refused'; readonly reason: string }

/** Verifier keys, one a line; lines that begin with # are remarks. */
export function parseKeys(text: string, kind: 'log' | 'witness'): ParsedAnchor<VerifierKey> {
  const parse = kind === 'log' ? parseVerifierKey : parseWitnessKey
  const keys: VerifierKey[] = []
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const key = parse(line)
    if (key === null) return { status: 'refused', reason: `This is no verifier key (name+id+base64): ${line.slice(0, 60)}` }
    keys.push(key)
  }
  return { status: 'parsed', value: keys }
}

/** A signed tree head as it was kept. */
export function parseHead(text: string): ParsedAnchor<Uint8Array> {
  if (text.trim() === '') return { status: 'parsed', value: [] }
  const bytes = encodeUtf8(`${text.replaceAll('\r\n', '\n').trim()}\n`)
  const parsed = parseNote(bytes)
  const head = parsed.status === 'refused' ? parsed : parseTreeHead(parsed.note.text)
  if (head.status === 'refused') return { status: 'refused', reason: `This is no signed tree head: ${head.reason}` }
  return { status: 'parsed', value: [bytes] }
}

/** What can be told before the certificates' reader is fetched. */
export function authoritiesProblem(text: string): string | null {
  return text.trim() === '' || text.includes('-----BEGIN CERTIFICATE-----')
    ? null
    : 'Expected a certificate in PEM: -----BEGIN CERTIFICATE-----'
}

/** What is wrong with each field, or null. */
export function anchorProblems(texts: AnchorTexts): Readonly<Record<AnchorName, string | null>> {
  return {
    keys: reasonOf(parseKeys(texts.keys, 'log')),
    heads: reasonOf(parseHead(texts.heads)),
    witnesses: reasonOf(parseKeys(texts.witnesses, 'witness')),
    authorities: authoritiesProblem(texts.authorities),
  }
}

/** What was parsed; a field that can't be is left out, and the page says so before it checks. */
export function knownAnchors(texts: AnchorTexts, authorities: readonly Uint8Array[]): PackAnchors {
  return {
    keys: readOf(parseKeys(texts.keys, 'log')),
    heads: readOf(parseHead(texts.heads)),
    witnesses: readOf(parseKeys(texts.witnesses, 'witness')),
    authorities,
  }
}

function reasonOf(parsed: ParsedAnchor<unknown>): string | null {
  return parsed.status === 'refused' ? parsed.reason : null
}

function readOf<Value>(parsed: ParsedAnchor<Value>): readonly Value[] {
  return parsed.status === 'parsed' ? parsed.value : []
}
