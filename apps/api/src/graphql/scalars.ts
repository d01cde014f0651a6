import { NIL_EVENT_ID } from '@annal/ledger'
import { isEventId, normaliseInstant } from '@annal/proof'
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql'

type Accept = (text: string) => string | null

/** A scalar whose values are JSON strings that `accept` lets through or brings into the record's form. */
function textScalar(name: string, expected: string, accept: Accept): GraphQLScalarType<string> {
  const parse = (value: unknown): string => {
    const accepted = typeof value === 'string' ? accept(value) : null
    if (accepted === null) throw new GraphQLError(`${name} must be ${expected}.`)
    return accepted
  }
  return new GraphQLScalarType({
    name,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : null),
    serialize: (value) => String(value),
  })
}

/** Whole numbers stand for their digits: events, and so their examples, hold stream versions as numbers. */
function orWholeNumber(scalar: GraphQLScalarType<string>): GraphQLScalarType<string> {
  const { name, parseValue, parseLiteral, serialize } = scalar
  return new GraphQLScalarType({
    name,
    parseValue: (value) => parseValue(Number.isSafeInteger(value) ? String(value) : value),
    parseLiteral: (node) => (node.kind === Kind.INT ? parseValue(node.value) : parseLiteral(node)),
    serialize,
  })
}

const dateTime: Accept = (text) => {
  const normalised = normaliseInstant(text)
  return normalised.status === 'normalised' ? normalised.instant : null
}

const uuid: Accept = (text) => {
  const lower = text.toLowerCase()
  return isEventId(lower) && lower !== NIL_EVENT_ID ? lower : null
}

const json = new GraphQLScalarType({
  name: 'JSON',
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
  serialize: (value) => value,
})

/** Texts of which the event schema says more than the scalar: it names the field when one isn't right. */
const checkedBySchema = ['Date', 'Slug', 'Reference', 'EventReference', 'PersonId', 'SubjectId', 'Sha256', 'Decimal', 'Duration', 'Uri']

/** What the scalars of the SDL mean. */
export const scalars: readonly GraphQLScalarType[] = [
  textScalar('DateTime', 'an RFC 3339 date-time such as 2026-01-31T09:30:00.000Z', dateTime),
  textScalar('UUID', 'a UUID such as 0192d3a4-5b6c-7d8e-9f01-23456789abcd, and not the nil UUID', uuid),
  textScalar('Position', 'a position as it was given', (text) => (text.length > 0 && text.length <= 64 ? text : null)),
  orWholeNumber(
    textScalar('StreamVersion', 'a stream version as it was given, or "-1"', (text) => (/^(-1|0|[1-9]\d{0,14})$/.test(text) ? text : null)),
  ),
  ...checkedBySchema.map((name) => textScalar(name, 'a string', (text) => text)),
  json,
]
