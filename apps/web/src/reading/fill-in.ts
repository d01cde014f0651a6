import { type AnyVariables, type Exchange, makeOperation, type Operation, type OperationResult } from '@urql/core'
import { map, pipe } from 'wonka'

/** Fills in a variable of documents that take it, behind the cache: the same question stays the same entry there. Null: left as asked. */
export function fillIn(name: string, value: () => string | null): Exchange {
  function filled(operation: Operation): Operation {
    const text = value()
    if (operation.kind !== 'query' || text === null || !takes(operation, name)) return operation
    return makeOperation(operation.kind, { ...operation, variables: { ...operation.variables, [name]: text } }, operation.context)
  }

  return ({ forward }) =>
    (operations) => {
      const asked = new Map<number, AnyVariables>()
      return pipe(
        operations,
        map((operation) => {
          if (operation.kind === 'teardown') asked.delete(operation.key)
          else asked.set(operation.key, operation.variables)
          return filled(operation)
        }),
        forward,
        map((result) => asAsked(result, asked.get(result.operation.key))),
      )
    }
}

function asAsked(result: OperationResult, variables: AnyVariables | undefined): OperationResult {
  if (variables === undefined) return result
  const { operation } = result
  return { ...result, operation: makeOperation(operation.kind, { ...operation, variables }, operation.context) }
}

function takes({ query }: Operation, name: string): boolean {
  return query.definitions.some(
    (definition) =>
      definition.kind === 'OperationDefinition' && definition.variableDefinitions?.some(({ variable }) => variable.name.value === name),
  )
}
