import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import type { ReactNode } from 'react'
import { Behind, ReadProblem } from '../frame/page.tsx'
import { type Reading, useReadingOf } from '../reading/use-reading.ts'
import { nameOf, useComparison } from './comparison.ts'

interface BothReadProps<Data, Variables> {
  readonly document: TypedDocumentNode<Data, Variables>
  readonly variables: Variables
  /** In the words of the page: "The overview". */
  readonly what: string
  readonly loading: ReactNode
  readonly children: (earlier: Data, later: Data) => ReactNode
}

/** The same question on both dates. One answer alone is no comparison. */
export function BothRead<Data, Variables extends AnyVariables>(props: BothReadProps<Data, Variables>) {
  const { earlier, later } = useComparison()
  const first = useReadingOf(earlier, props.document, props.variables)
  const second = useReadingOf(later, props.document, props.variables)
  const failed = [
    { ...first, side: earlier },
    { ...second, side: later },
  ].find(({ reading }) => reading.status === 'failed')
  if (failed?.reading.status === 'failed')
    return <ReadProblem problem={failed.reading.problem} what={`${props.what} (${nameOf(failed.side)})`} again={failed.again} />
  if (first.reading.status !== 'read' || second.reading.status !== 'read') return props.loading
  return (
    <>
      <StillBehind {...first} />
      <StillBehind {...second} />
      {props.children(first.reading.data, second.reading.data)}
    </>
  )
}

function StillBehind({ reading, again }: { readonly reading: Reading<unknown>; readonly again: () => void }) {
  return reading.status === 'read' && reading.behind !== null ? <Behind problem={reading.behind} again={again} /> : null
}
