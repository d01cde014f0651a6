import { GraphQLError, type GraphQLSchema, isListType, isNonNullType } from 'graphql'
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity'
import { TypedError } from '../http/typed-error.ts'
import { DEFAULT_PAGE } from '../trail/page-limits.ts'
import type { Operation, Variables } from './operation.ts'

/** In fields: a page of 500 events with every field is two thirds of it. */
export const GREATEST_COST = 50_000
/** A list that isn't paged holds as much, roughly. */
const LIST = 10
/** For each entry of a page beside it. */
const COUNTING = 4

const estimate: ComplexityEstimator = ({ type: parent, field, args, childComplexity }) => {
  if (field.name === 'count') return COUNTING
  if ('first' in args || 'last' in args) return 1 + childComplexity * pageOf(args)
  if (field.args.some(({ name }) => name === 'first')) return 1 + childComplexity * DEFAULT_PAGE
  if (parent.name.startsWith('__')) return 1 + childComplexity
  const type = isNonNullType(field.type) ? field.type.ofType : field.type
  return 1 + childComplexity * (isListType(type) && !['edges'].includes(field.name) ? LIST : 1)
}

function pageOf(args: Readonly<Record<string, unknown>>): number {
  const asked = args.first ?? args.last ?? DEFAULT_PAGE
  return typeof asked === 'number' ? Math.max(asked, 1) : DEFAULT_PAGE
}

/** @throws TypedError when the operation would read more than any page of the dashboard needs, or an argument of it is none. */
export function refuseCostly(schema: GraphQLSchema, operation: Operation, variables: Variables): void {
  const cost = costOf(schema, operation, variables)
  if (cost > GREATEST_COST) {
    throw new TypedError('TOO_COSTLY', `The operation costs ${cost} fields; ${GREATEST_COST} is the limit. Ask for smaller pages.`, {
      cost,
      limit: GREATEST_COST,
    })
  }
}

/** What the library refuses by itself: more fields than it counts has no place in the document, an argument that isn't one does. */
function costOf(schema: GraphQLSchema, operation: Operation, variables: Variables): number {
  try {
    return getComplexity({
      schema,
      query: operation.document,
      variables: { ...variables },
      estimators: [estimate],
      ...(operation.name === undefined ? {} : { operationName: operation.name }),
    })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    if (error.nodes === undefined) throw new TypedError('TOO_COSTLY', 'The operation selects too many fields. Ask for fewer.')
    throw new TypedError('BAD_USER_INPUT', error.message)
  }
}
