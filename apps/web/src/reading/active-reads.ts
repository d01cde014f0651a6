import { type Client, type Exchange, makeOperation, type Operation } from '@urql/core'
import { pipe, tap } from 'wonka'

/** What is shown now, so that it can be read again when the record says that it changed. */
export interface ActiveReads {
  readonly exchange: Exchange
  /** Reads again what is shown of these root fields; of all when null. */
  readonly again: (client: Client, fields: ReadonlySet<string> | null) => void
}

export function activeReads(): ActiveReads {
  const active = new Map<number, Operation>()
  return {
    exchange:
      ({ forward }) =>
      (operations) =>
        forward(
          pipe(
            operations,
            tap((operation) => {
              if (operation.kind === 'query') active.set(operation.key, operation)
              else if (operation.kind === 'teardown') active.delete(operation.key)
            }),
          ),
        ),
    again: (client, fields) => {
      for (const operation of [...active.values()]) {
        if (fields !== null && !rootFields(operation).some((field) => fields.has(field))) continue
        client.reexecuteOperation(makeOperation('query', operation, { ...operation.context, requestPolicy: 'network-only' }))
      }
    },
  }
}

function rootFields({ query }: Operation): string[] {
  return query.definitions.flatMap((definition) =>
    definition.kind === 'OperationDefinition'
      ? definition.selectionSet.selections.flatMap((selection) => (selection.kind === 'Field' ? [selection.name.value] : []))
      : [],
  )
}
