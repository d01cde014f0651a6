import { LockKeyhole } from 'lucide-react'
import { exactNumber } from '../../format/numbers.ts'
import { words } from '../../format/words.ts'
import { MonoId } from '../../ui/copy.tsx'
import { Instant } from '../../ui/instant.tsx'
import { ReferenceChip } from '../reference-chip.tsx'
import { ErasedValue } from './erased-value.tsx'
import { EventLink } from './event-link.tsx'
import type { Fact, FactValue, Placed, Seal } from './facts.ts'
import { RedactButton } from './redact-button.tsx'

/** Fields with their labels, one under the other. */
export function FactList({ facts, nested = false }: { readonly facts: readonly Fact[]; readonly nested?: boolean }) {
  // A map of numbers, such as metrics, is labelled by its own names.
  const named = nested && facts.every((fact) => fact.value.shape === 'number')
  return (
    <dl
      className={`grid gap-y-2 ${nested ? 'grid-cols-[minmax(4rem,auto)_minmax(0,1fr)] gap-x-4' : 'grid-cols-[7rem_minmax(0,1fr)] gap-x-4 sm:grid-cols-[9.5rem_minmax(0,1fr)]'}`}
    >
      {facts.map((fact) => (
        <div key={fact.pointer} className="contents">
          <dt className="text-sm break-words text-ink-3">{named ? fact.name : words(fact.name)}</dt>
          <dd className="min-w-0 text-sm text-ink">
            <PlacedValue placed={fact} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function PlacedValue({ placed: { pointer, value, seal } }: { readonly placed: Placed }) {
  if (seal === null) return <Value value={value} />
  return (
    <div className="flex min-w-0 items-start justify-between gap-2">
      <div className="min-w-0 flex-1 break-words">
        <Value value={value} />
      </div>
      <div className="flex shrink-0 flex-col items-end">
        <SealMark seal={seal} />
        {seal.readable && <RedactButton pointer={pointer} />}
      </div>
    </div>
  )
}

function Value({ value }: { readonly value: FactValue }) {
  switch (value.shape) {
    case 'nothing':
      return <span className="text-ink-3">–</span>
    case 'erased':
      return <ErasedValue pointer={value.pointer} />
    case 'yes-no':
      return value.yes ? 'Yes' : 'No'
    case 'number':
      return <span className="tabular">{exactNumber(value.number)}</span>
    case 'text':
      return (
        <span dir="auto" className="block whitespace-pre-wrap wrap-anywhere">
          {value.text}
        </span>
      )
    case 'instant':
      return <Instant at={value.instant} exact />
    case 'reference':
      return <ReferenceChip reference={value.reference} />
    case 'event':
      return <EventLink stream={value.stream} id={value.id} />
    case 'digest':
      return <MonoId text={value.digest} what="digest" head={12} tail={8} />
    case 'link':
      return (
        <a href={value.url} target="_blank" rel="noreferrer noopener" className="break-all text-accent-ink underline underline-offset-2">
          {value.url}
        </a>
      )
    case 'list':
      return <ListValue items={value.items} />
    case 'rows':
      return <RowsValue columns={value.columns} rows={value.rows} />
    case 'facts':
      return (
        <div className="border-l border-line pl-3">
          <FactList facts={value.facts} nested />
        </div>
      )
  }
}

function ListValue({ items }: { readonly items: readonly Placed[] }) {
  const inline = items.every(({ value }) => value.shape === 'reference' || value.shape === 'number')
  return (
    <ul className={inline ? 'flex flex-wrap gap-1' : 'grid gap-1'}>
      {items.map((item, index) => (
        <li key={index} className="min-w-0">
          <PlacedValue placed={item} />
        </li>
      ))}
    </ul>
  )
}

function RowsValue({ columns, rows }: { readonly columns: readonly string[]; readonly rows: readonly (readonly FactValue[])[] }) {
  return (
    <div className="overflow-x-auto rounded-md border border-line">
      <table className="w-full text-left text-xs">
        <thead>
          <tr className="bg-sunken text-ink-3">
            {columns.map((name, column) => (
              <th key={name} className={`px-2 py-1 font-medium whitespace-nowrap ${isNumeric(rows, column) ? 'text-right' : ''}`}>
                {words(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-t border-line">
              {row.map((cell, column) => (
                <td key={columns[column]} className={`px-2 py-1 align-top ${isNumeric(rows, column) ? 'text-right' : ''}`}>
                  <Value value={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function isNumeric(rows: readonly (readonly FactValue[])[], column: number): boolean {
  return rows.every((row) => row[column]?.shape === 'number' || row[column]?.shape === 'nothing')
}

function SealMark({ seal }: { readonly seal: Seal }) {
  const how = seal.kind === 'DIGEST' ? 'Stored as a keyed digest' : 'Encrypted at rest'
  const whose = seal.subject === null ? '' : `, erasable with ${seal.subject}`
  return (
    <span data-tip={`${how}${whose}`} className="mt-0.5 inline-flex shrink-0 items-center gap-1 text-2xs text-ink-3">
      <LockKeyhole aria-hidden className="size-3" />
      {seal.kind === 'DIGEST' ? 'Digest' : 'Encrypted'}
      <span className="heard">{`${how}${whose}`}</span>
    </span>
  )
}
