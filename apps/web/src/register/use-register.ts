import type { TypedDocumentNode } from '@urql/core'
import type { Connection } from '../reading/paged-reading.ts'
import { readAll } from '../reading/read-all.ts'
import { readingClient } from '../reading/reading-client.ts'
import { usePages } from '../reading/use-pages.ts'
import { useSession } from '../session/use-session.ts'
import type { RegisterRows } from './register.ts'

interface PageVariables {
  readonly first?: number | null
  readonly after?: string | null
}

/** A list of the API: its pages as they are scrolled to, and all of it for an export. */
export function useRegister<Data, Row extends { readonly id: string }, Variables extends PageVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  connectionOf: (data: Data) => Connection<Row>,
): { readonly pages: RegisterRows<Row>; readonly all: () => Promise<readonly Row[]> } {
  const { viewer, asOf } = useSession()
  const pages = usePages(document, variables, connectionOf)
  const { client } = readingClient(viewer.workspace.id, asOf)
  return { pages, all: () => readAll({ client, document, variables, connectionOf }) }
}
