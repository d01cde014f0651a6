import { FileImage, FileSpreadsheet, Shapes } from 'lucide-react'
import type { RefObject } from 'react'
import { announce } from '../ui/announce.ts'
import { Menu, MenuItem } from '../ui/menu.tsx'
import type { Floating } from '../ui/on-demand.tsx'
import { saveFile } from '../ui/save-file.ts'
import { pngOf, svgText } from './plot-files.ts'

interface PlotMenuProps {
  readonly svg: RefObject<SVGSVGElement | null>
  readonly csv: () => string
  readonly name: string
}

export function PlotMenu({ svg, csv, name, ...floating }: PlotMenuProps & Floating) {
  const withPlot = (act: (plot: SVGSVGElement) => void) => () => {
    if (svg.current) act(svg.current)
  }
  return (
    <Menu {...floating}>
      <MenuItem
        icon={<FileImage aria-hidden />}
        onSelect={withPlot((plot) => {
          pngOf(plot).then(
            (png) => saveFile(`${name}.png`, png),
            (error: unknown) => {
              console.warn('The plot could not be drawn as an image.', error)
              announce('The plot could not be drawn as an image.')
            },
          )
        })}
      >
        PNG
      </MenuItem>
      <MenuItem
        icon={<Shapes aria-hidden />}
        onSelect={withPlot((plot) => saveFile(`${name}.svg`, new Blob([svgText(plot)], { type: 'image/svg+xml' })))}
      >
        SVG
      </MenuItem>
      <MenuItem icon={<FileSpreadsheet aria-hidden />} onSelect={() => saveFile(`${name}.csv`, new Blob([csv()], { type: 'text/csv' }))}>
        CSV
      </MenuItem>
    </Menu>
  )
}
