import type { AnyVariables, Client, TypedDocumentNode } from '@urql/core'
import type { Connection } from './paged-reading.ts'

interface AllOf<Data, Row, Variables extends AnyVariables> {
  readonly client: Client
  readonly document: TypedDocumentNode<Data, Variables>
  readonly variables: Variables
  readonly connectionOf: (data: Data) => Connection<Row>
}

/** Every row of a list, page by page. @throws what the server answered, when a page can't be read: half a list is no export. */
export async function readAll<Data, Row, Variables extends AnyVariables>(of: AllOf<Data, Row, Variables>): Promise<readonly Row[]> {
  const rows: Row[] = []
  let after: string | null = null
  for (;;) {
    const { data, error } = await of.client.query(of.document, { ...of.variables, after }, { requestPolicy: 'network-only' }).toPromise()
    if (error) throw error
    if (!data) throw new Error('expected a page of the list, found no data')
    const { edges, pageInfo } = of.connectionOf(data)
    rows.push(...edges.map(({ node }) => node))
    if (!pageInfo.hasNextPage) return rows
    after = pageInfo.endCursor
  }
}
