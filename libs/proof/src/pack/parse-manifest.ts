import { isHex32 } from '../bytes/hex.ts'
import { decodeUtf8 } from '../bytes/utf8.ts'
import { isMemberName, TOO_LARGE } from '../container/zip-layout.ts'
import { isCount } from '../json/count.ts'
import { isCanonicalJson } from '../json/is-canonical-json.ts'
import { hasExactly, isJsonObject, type JsonObject } from '../json/json-value.ts'
import { parseJson } from '../json/parse-json.ts'
import { isId, isWorkspace } from '../names/ids.ts'
import { workspaceOfOrigin } from '../names/log-origin.ts'
import { isReference } from '../names/reference.ts'
import { parseStream } from '../names/stream.ts'
import { isLine } from '../note/checkpoint.ts'
import { parseVerifierKey, parseWitnessKey } from '../note/verifier-key.ts'
import { isInstant } from '../time/instant.ts'
import {
  CONSISTENCY,
  DOCUMENTS,
  HEAD,
  MAP_PROOF,
  type ManifestMember,
  type PackManifest,
  type PackScope,
  type PackSection,
  SYSTEM_HEAD,
  sectionMembers,
  timestampMember,
} from './manifest.ts'

export type ParsedManifest =
  | { readonly status: 'parsed'; readonly manifest: PackManifest }
  | { readonly status: 'refused'; readonly reason: string }

const MEMBERS = [
  'v',
  'release',
  'origin',
  'workspace',
  'size',
  'exportedAt',
  'exportedBy',
  'purpose',
  'scope',
  'keys',
  'systemKeys',
  'witnesses',
  'members',
]
const MAX_KEYS = 16
const MAX_WITNESSES = 30
const MAX_MEMBERS = 1000

/** The manifest that these bytes are of, if the pack it describes can be one. */
export function parseManifest(bytes: Uint8Array): ParsedManifest {
  const decoded = decodeUtf8(bytes)
  const parsed = parseJson(bytes)
  if (decoded.status === 'refused' || parsed.status === 'refused') return refused('expected strict JSON, found something else')
  if (!isManifest(parsed.value)) return refused(`expected a manifest, found another ${manifestProblem(parsed.value)}`)
  if (!isCanonicalJson(decoded.text)) return refused('expected RFC 8785 canonical JSON, found another form of it')
  const missing = originProblem(parsed.value) ?? membersProblem(parsed.value)
  return missing === null ? { status: 'parsed', manifest: parsed.value } : refused(missing)
}

function isManifest(value: unknown): value is PackManifest {
  return manifestProblem(value) === null
}

function manifestProblem(value: unknown): string | null {
  if (!hasExactly(value, MEMBERS) && !hasExactly(value, [...MEMBERS, 'report'])) return 'members'
  if (value.v !== 1) return 'v'
  return logProblem(value) ?? exportProblem(value) ?? keysProblem(value) ?? reportProblem(value) ?? listProblem(value)
}

function logProblem(value: JsonObject): string | null {
  if (typeof value.origin !== 'string' || !isLine(value.origin)) return 'origin'
  if (!isWorkspace(value.workspace)) return 'workspace'
  if (!isCount(value.size, 0)) return 'size'
  return isScope(value.scope, value.size) ? null : 'scope'
}

function exportProblem(value: JsonObject): string | null {
  if (typeof value.release !== 'string') return 'release'
  if (!isInstant(value.exportedAt)) return 'exportedAt'
  if (typeof value.purpose !== 'string') return 'purpose'
  const by = value.exportedBy
  return hasExactly(by, ['kind', 'id']) && (by.kind === 'person' || by.kind === 'service') && isId(by.id) ? null : 'exportedBy'
}

function keysProblem({ keys, systemKeys, witnesses }: JsonObject): string | null {
  if (!areKeys(keys) || keys.length === 0) return 'keys'
  if (!areKeys(systemKeys)) return 'systemKeys'
  return witnesses === null || isPolicy(witnesses) ? null : 'witnesses'
}

/** Verifier keys that a note tells apart: by name and id. */
function areKeys(value: unknown): value is readonly unknown[] {
  if (!isListOf(value, MAX_KEYS, (key) => nameAndId(key) !== null)) return false
  return new Set(value.map(nameAndId)).size === value.length
}

function nameAndId(key: unknown): string | null {
  const parsed = typeof key === 'string' ? parseVerifierKey(key) : null
  return parsed === null ? null : `${parsed.name}+${parsed.id}`
}

function reportProblem({ report }: JsonObject): string | null {
  if (report === undefined) return null
  if (!hasExactly(report, ['pack', 'workspaceName', 'signedAt', 'authorities', 'withNames'])) return 'report'
  const { pack, workspaceName, signedAt, authorities, withNames } = report
  const said = [pack, workspaceName, ...(Array.isArray(authorities) ? authorities : [authorities])]
  const isSaid = said.every((text) => typeof text === 'string') && Array.isArray(authorities)
  return isSaid && isInstant(signedAt) && typeof withNames === 'boolean' ? null : 'report'
}

function isPolicy(value: unknown): boolean {
  if (!hasExactly(value, ['quorum', 'keys']) || !isListOf(value.keys, MAX_WITNESSES, isWitness)) return false
  return isCount(value.quorum, 1) && value.quorum <= value.keys.length
}

function isWitness(key: unknown): boolean {
  return typeof key === 'string' && parseWitnessKey(key) !== null
}

/** A list of what passes the test, none twice. */
function isListOf(value: unknown, limit: number, test: (element: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= limit && value.every(test) && new Set(value).size === value.length
}

function isScope(value: unknown, size: number): value is PackScope {
  if (!isJsonObject(value)) return false
  switch (value.kind) {
    case 'workspace':
      return hasExactly(value, ['kind'])
    case 'range':
      return hasExactly(value, ['kind', 'from', 'to', 'since', 'until']) && isRange(value, size)
    case 'references':
      return hasExactly(value, ['kind', 'refs']) && areScopeRefs(value.refs)
    case 'selection':
      return hasExactly(value, ['kind', 'filter']) && isJsonObject(value.filter)
    default:
      return false
  }
}

function isRange({ from, to, since, until }: JsonObject, size: number): boolean {
  const isBound = (bound: unknown) => bound === null || isInstant(bound)
  if (!(isCount(from, 0) && isCount(to, from) && to <= size && isBound(since) && isBound(until))) return false
  return since === null || until === null || String(since) < String(until)
}

function areScopeRefs(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false
  let before = ''
  for (const ref of value) {
    if (!(isReference(ref) || (typeof ref === 'string' && parseStream(ref) !== null)) || ref <= before) return false
    before = ref
  }
  return true
}

function listProblem({ members }: JsonObject): string | null {
  return isListOf(members, MAX_MEMBERS, isMember) ? null : 'members'
}

function isMember(value: unknown): value is ManifestMember {
  if (!hasExactly(value, ['name', 'size', 'sha256', 'packed']) || typeof value.name !== 'string' || !isMemberName(value.name)) return false
  return isSizeAndDigest(value) && hasExactly(value.packed, ['size', 'sha256']) && isSizeAndDigest(value.packed)
}

function isSizeAndDigest({ size, sha256 }: JsonObject): boolean {
  return isCount(size, 0) && size < TOO_LARGE && isHex32(sha256)
}

/** The log is the workspace's, and its keys are named after it: a key of another log says nothing of this one. */
function originProblem({ origin, workspace, keys }: PackManifest): string | null {
  if (workspaceOfOrigin(origin) !== workspace) return `expected the log of ${workspace}, found ${origin}`
  const stranger = keys.find((key) => parseVerifierKey(key)?.name !== origin)
  return stranger === undefined ? null : `expected keys of ${origin}, found ${stranger}`
}

/** Which members go together: nothing that a reader would not read, nothing missing that he needs. */
function membersProblem(manifest: PackManifest): string | null {
  const names = new Set(manifest.members.map(({ name }) => name))
  if (names.size !== manifest.members.length) return 'expected each member once, found one twice'
  const expected = expectedMembers(manifest, names)
  const surplus = [...names].find((name) => !expected.has(name))
  if (surplus !== undefined) return `expected no member ${surplus}, found it`
  const missing = [...expected].find((name) => !names.has(name))
  return missing === undefined ? null : `expected the member ${missing}, found none`
}

function expectedMembers({ scope, systemKeys, origin }: PackManifest, names: ReadonlySet<string>): Set<string> {
  const required = [
    [HEAD, ...membersOf('events')],
    scope.kind === 'references' ? [MAP_PROOF] : [],
    isContinued(origin) ? membersOf('break') : [],
    systemKeys.length > 0 ? [SYSTEM_HEAD, ...membersOf('signing-keys')] : [],
  ]
  const timestamps: string[][] = []
  while (names.has(timestampMember(timestamps.length + 1))) timestamps.push([timestampMember(timestamps.length + 1)])
  const optional = [membersOf('roles'), membersOf('names'), [CONSISTENCY], ...DOCUMENTS.map((name) => [name]), ...timestamps]
  return new Set([...required, ...optional.filter((group) => group.some((name) => names.has(name)))].flat())
}

function membersOf(section: PackSection): string[] {
  return Object.values(sectionMembers(section))
}

/** True for the origin of a log that continues another. */
export function isContinued(origin: string): boolean {
  return /~[0-9]+(?:\/|$)/.test(origin)
}

function refused(reason: string): ParsedManifest {
  return { status: 'refused', reason }
}
