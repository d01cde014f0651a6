import { FileJson2, FileSpreadsheet } from 'lucide-react'
import { Menu, MenuLabel, MenuLink } from '../../ui/menu.tsx'
import type { Floating } from '../../ui/on-demand.tsx'
import { exportLink } from '../export-links.ts'
import { useTrail } from '../trail-context.ts'

/** Everything that matches the filter as a file, whether it is loaded here or not. */
export function ExportMenu(floating: Floating) {
  const trail = useTrail()
  return (
    <Menu {...floating}>
      <MenuLabel>All events that match the filter</MenuLabel>
      <MenuLink icon={<FileSpreadsheet aria-hidden />} href={exportLink('csv', trail)} download>
        CSV
      </MenuLink>
      <MenuLink icon={<FileJson2 aria-hidden />} href={exportLink('jsonl', trail)} download>
        JSON Lines
      </MenuLink>
    </Menu>
  )
}
