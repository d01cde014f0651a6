import { type AnyVariables, type Exchange, makeOperation, type Operation, type OperationResult } from '@urql/core'
import { map, pipe } from 'wonka'

/** How far the reader has seen the record: reads wait until the views are as far. Positions are opaque and come in the record's order. */
export interface Freshness {
  /** An event was shown to be in the record. */
  readonly saw: (position: string) => void
  /** The reader recorded something: nothing older is shown from then on. */
  readonly recorded: (position: string) => void
  /** Fills in `atLeast` of documents that take it, behind the cache: the same question stays the same entry there. */
  readonly exchange: Exchange
}

export function freshness(): Freshness {
  let seen: string | null = null
  let own: string | null = null

  function fresh(operation: Operation): Operation {
    const atLeast = own ?? seen
    if (operation.kind !== 'query' || atLeast === null || !takesPosition(operation)) return operation
    return makeOperation(operation.kind, { ...operation, variables: { ...operation.variables, atLeast } }, operation.context)
  }

  return {
    saw: (position) => {
      seen = position
      // The record's order: whatever is seen from here on stands behind what was recorded.
      if (position === own) own = null
    },
    recorded: (position) => {
      own = position
    },
    exchange:
      ({ forward }) =>
      (operations) => {
        const asked = new Map<number, AnyVariables>()
        return pipe(
          operations,
          map((operation) => {
            if (operation.kind === 'teardown') asked.delete(operation.key)
            else asked.set(operation.key, operation.variables)
            return fresh(operation)
          }),
          forward,
          map((result) => asAsked(result, asked.get(result.operation.key))),
        )
      },
  }
}

function asAsked(result: OperationResult, variables: AnyVariables | undefined): OperationResult {
  if (variables === undefined) return result
  const { operation } = result
  return { ...result, operation: makeOperation(operation.kind, { ...operation, variables }, operation.context) }
}

function takesPosition({ query }: Operation): boolean {
  return query.definitions.some(
    (definition) =>
      definition.kind === 'OperationDefinition' &&
      definition.variableDefinitions?.some(({ variable }) => variable.name.value === 'atLeast'),
  )
}
