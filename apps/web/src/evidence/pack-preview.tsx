import { useEffect, useState } from 'react'
import { countOf, grouped } from '../format/numbers.ts'
import { useReading } from '../reading/use-reading.ts'
import { byteSize } from './byte-size.ts'
import { CompletenessMark } from './completeness-mark.tsx'
import { type PackScopeInput, packPreviewQuery } from './evidence-documents.ts'

const AFTER_TYPING = 300

/** What a pack of this scope would hold. */
export function PackPreview({ scope }: { readonly scope: PackScopeInput }) {
  const key = JSON.stringify(scope)
  const [settled, setSettled] = useState({ key, scope })
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ key, scope }), AFTER_TYPING)
    return () => clearTimeout(timer)
  }, [key, scope])
  return (
    <div
      role="status"
      aria-label="Preview"
      className="grid min-h-18 content-center gap-1 rounded-lg border border-line bg-sunken px-3 py-2.5 text-sm"
    >
      {settled.key === key ? <Previewed key={key} scope={settled.scope} /> : <span className="text-ink-3">Counting…</span>}
    </div>
  )
}

function Previewed({ scope }: { readonly scope: PackScopeInput }) {
  const { reading } = useReading(packPreviewQuery, { scope })
  switch (reading.status) {
    case 'loading':
      return <span className="text-ink-3">Counting…</span>
    case 'failed':
      return <span className="text-bad">{reading.problem.message}</span>
    case 'read': {
      const { events, approximateBytes, treeSize, completeness } = reading.data.packPreview
      return (
        <>
          <span>
            <b className="font-semibold">{countOf(events.value, events.exact, 'event', 'events')}</b>, about {byteSize(approximateBytes)}
            {treeSize === null ? '; nothing is sealed yet' : `, proven under tree size ${grouped(Number(treeSize))}`}
          </span>
          <CompletenessMark completeness={completeness} />
        </>
      )
    }
  }
}
