import { isAppendable } from '../src/appendable.ts'
import { memberName } from '../src/event-of-input.ts'
import type { EventType } from '../src/event-type.ts'
import { type FieldNode, type ObjectNode, objectTree } from '../src/schema/field-tree.ts'
import { whoMayRecord } from '../src/who-may-record.ts'
import { fieldDescription } from './sdl.ts'

const INTRODUCTION = `# Event reference

Generated from the event schemas by \`npm run generate\`; a test fails when it is stale. One section for each type of event.

* *Observations* are sent by services and people through \`append\`; *decisions* are made by people; some types only the ledger itself records.
* \`data\` holds what the tables say. Required fields are **bold**. Unknown fields are refused; \`null\` means absent.
* *Encrypted*: stored under a key that redaction and erasure destroy. *HMAC*: a SHA-256 arrives, an HMAC of it is stored, under the name \`…Hmac\`.
* *Refers to*: the value becomes a reference in \`about\`, which is what completeness is proven by.
* Times are instants \`YYYY-MM-DDTHH:mm:ss.sssZ\` (other RFC 3339 forms are normalised), dates \`YYYY-MM-DD\`, lengths of time ISO 8601, amounts decimal strings with an ISO 4217 currency, shares 0–1.
`

/** The reference documentation of all event types, one Markdown file. */
export function referenceDocs(types: readonly EventType[]): string {
  const streams = [...new Set(types.map((type) => type.stream))]
  const sections = streams.flatMap((stream) => [
    `## ${stream === 'any' ? 'any stream' : stream}`,
    ...types.filter((type) => type.stream === stream).map(section),
  ])
  return `${[INTRODUCTION.trimEnd(), contents(types, streams), ...sections].join('\n\n')}\n`
}

function contents(types: readonly EventType[], streams: readonly string[]): string {
  const rows = streams.map((stream) => {
    const links = types.filter((type) => type.stream === stream).map((type) => `[${type.name}](#${type.name.toLowerCase()})`)
    return `| ${stream} | ${links.join(' · ')} |`
  })
  return ['| stream | events |', '|---|---|', ...rows].join('\n')
}

function section(type: EventType): string {
  return [
    `### ${type.name}`,
    `${type.description}`,
    facts(type),
    fieldTable(objectTree(type.schema)),
    `\`\`\`json\n${JSON.stringify(type.example, null, 2)}\n\`\`\``,
  ].join('\n\n')
}

function facts(type: EventType): string {
  const roles = whoMayRecord(type.name)
  const how = isAppendable(type)
    ? `GraphQL \`${memberName(type.name)}\``
    : type.recordedBy === 'annal'
      ? 'recorded by the ledger itself'
      : 'made in the ledger by a person'
  return [
    type.decision ? 'Decision' : 'Observation',
    `version ${type.version}`,
    how,
    ...(roles.length > 0 ? [`roles: ${roles.map((role) => role.replace('_', ' ')).join(', ')}`] : []),
    ...(type.material ? ['changes its subject materially: approvals of it lapse'] : []),
    ...(type.evidence.length > 0 ? [`counts as ${type.evidence.join(', ')}`] : []),
  ].join(' · ')
}

function fieldTable(tree: ObjectNode): string {
  return ['| field | kind | meaning |', '|---|---|---|', ...rows('', tree)].join('\n')
}

function rows(prefix: string, node: ObjectNode): string[] {
  return node.members.flatMap(([key, member]) => memberRows(`${prefix}${key}`, member))
}

function memberRows(path: string, node: FieldNode): string[] {
  const name = node.optional ? path : `**${path}**`
  const row = `| ${name} | ${kindOf(node)} | ${fieldDescription(node).replaceAll('|', '\\|')} |`
  return [row, ...nestedRows(path, node)]
}

function nestedRows(path: string, node: FieldNode): string[] {
  switch (node.kind) {
    case 'leaf':
      return []
    case 'object':
      return rows(`${path}.`, node)
    case 'list':
      return nestedRows(`${path}[]`, node.item)
    case 'variants':
      return node.options.flatMap((option) => rows(`${path}.`, option))
  }
}

function kindOf(node: FieldNode): string {
  switch (node.kind) {
    case 'object':
    case 'variants':
      return 'object'
    case 'list':
      return `list of ${kindOf(node.item)}`
    case 'leaf':
      return leafKind(node)
  }
}

function leafKind({ mark }: Extract<FieldNode, { kind: 'leaf' }>): string {
  const words = mark.leaf === 'word' ? ` (${mark.words?.join(', ')})` : ''
  const reference =
    mark.reference === undefined
      ? ''
      : `, refers to ${mark.reference.how === 'version' ? `${mark.reference.type} version` : mark.reference.prefix.slice(0, -1) || 'what it names'}`
  const seal = mark.seal === undefined ? '' : mark.seal === 'digest' ? ', HMAC' : ', encrypted'
  return `${mark.leaf.replaceAll('-', ' ')}${words}${reference}${seal}`
}
