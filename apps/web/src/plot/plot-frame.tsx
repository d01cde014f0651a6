import { Download, Table2 } from 'lucide-react'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { onDemand } from '../ui/on-demand.tsx'
import { Card, Section } from '../ui/section.tsx'
import { useWidth } from './use-width.ts'

const PlotMenu = onDemand(() => import('./plot-menu.tsx').then((module) => module.PlotMenu), 'menu')

interface PlotFrameProps {
  readonly title: string
  readonly note?: ReactNode
  /** The name of exported files, without ending. */
  readonly name: string
  /** The same figures as a table. */
  readonly table: ReactNode
  readonly csv: () => string
  readonly height: number
  /** Draws into an SVG of this width. */
  readonly draw: (width: number, svg: RefObject<SVGSVGElement | null>) => ReactNode
}

/** A plot with its title, a table of the same figures, and what saves it as PNG, SVG or CSV. */
export function PlotFrame({ title, note, name, table, csv, height, draw }: PlotFrameProps) {
  const [asTable, setAsTable] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const svg = useRef<SVGSVGElement>(null)
  const width = useWidth(box)
  return (
    <Section
      title={title}
      note={note}
      actions={
        <>
          <Button
            look="quiet"
            icon={<Table2 aria-hidden />}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
            aria-label={`${title} as a table`}
          >
            <span className="max-sm:hidden">Table</span>
          </Button>
          <PlotMenu
            svg={svg}
            csv={csv}
            name={name}
            trigger={
              <Button look="quiet" icon={<Download aria-hidden />} aria-label={`Save ${title}`}>
                <span className="max-sm:hidden">Save</span>
              </Button>
            }
          />
        </>
      }
    >
      <Card>
        {asTable && <div className="max-h-96 overflow-y-auto">{table}</div>}
        {/* The plot stays for what saves it. */}
        <div
          ref={box}
          className={asTable ? 'heard' : 'p-3'}
          style={asTable ? undefined : { minHeight: height + 24 }}
          aria-hidden={asTable || undefined}
        >
          {width > 0 && draw(Math.max(width - 24, 240), svg)}
        </div>
      </Card>
    </Section>
  )
}
