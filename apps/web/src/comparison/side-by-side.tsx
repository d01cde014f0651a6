import { Fragment, type ReactNode } from 'react'
import { classes } from '../ui/classes.ts'
import { Card } from '../ui/section.tsx'
import { useMedia } from '../ui/use-media.ts'
import { Side, SideName } from './side.tsx'

interface SideBySideLine {
  readonly key: string
  readonly title: ReactNode
  readonly earlier: ReactNode
  readonly later: ReactNode
  readonly change: ReactNode
  /** Whether it stands out. */
  readonly changed: boolean
}

interface SideBySideProps {
  /** What the table is called. */
  readonly label: string
  /** What its first column holds. */
  readonly what: string
  readonly lines: readonly SideBySideLine[]
}

/** A line for each thing, a column for each date. On a narrow screen what it is stands above its two dates. */
export function SideBySide({ label, what, lines }: SideBySideProps) {
  const narrow = useMedia('(max-width: 639px)')
  return (
    <Card>
      <table aria-label={label} className="w-full table-fixed text-left text-sm">
        <colgroup>
          {!narrow && <col className="w-1/4" />}
          <col />
          <col />
          {!narrow && <col className="w-28" />}
        </colgroup>
        <thead>
          <tr className="text-xs text-ink-3">
            {!narrow && (
              <th scope="col" className={HEAD}>
                {what}
              </th>
            )}
            <th scope="col" className={HEAD}>
              <SideName of="earlier" />
            </th>
            <th scope="col" className={HEAD}>
              <SideName of="later" />
            </th>
            {!narrow && (
              <th scope="col" className={HEAD}>
                Change
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Fragment key={line.key}>{narrow ? <NarrowLine line={line} /> : <WideLine line={line} />}</Fragment>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

const HEAD = 'h-8 border-b border-line px-4 py-1 font-medium'
const CELL = 'px-4 py-2 align-top font-normal wrap-anywhere'

function WideLine({ line }: { readonly line: SideBySideLine }) {
  return (
    <tr className={classes('[&:not(:last-child)>*]:border-b [&>*]:border-line', line.changed && 'bg-hover')}>
      <th scope="row" className={classes(CELL, 'text-ink-2')}>
        {line.title}
      </th>
      <Dates line={line} />
      <td className={CELL}>{line.change}</td>
    </tr>
  )
}

function NarrowLine({ line }: { readonly line: SideBySideLine }) {
  return (
    <>
      <tr className={classes(line.changed && 'bg-hover')}>
        <th scope="rowgroup" colSpan={2} className={classes(CELL, 'pb-0 text-ink-2')}>
          <span className="flex flex-wrap items-center justify-between gap-x-3">
            <span className="min-w-0">{line.title}</span>
            {line.change}
          </span>
        </th>
      </tr>
      <tr className={classes('[&:not(:last-child)>*]:border-b [&>*]:border-line', line.changed && 'bg-hover')}>
        <Dates line={line} />
      </tr>
    </>
  )
}

function Dates({ line }: { readonly line: SideBySideLine }) {
  return (
    <>
      <td className={CELL}>
        <Side of="earlier">{line.earlier}</Side>
      </td>
      <td className={CELL}>
        <Side of="later">{line.later}</Side>
      </td>
    </>
  )
}
