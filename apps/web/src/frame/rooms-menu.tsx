import { useNavigate } from '@tanstack/react-router'
import { Menu, MenuItem } from '../ui/menu.tsx'
import type { Floating } from '../ui/on-demand.tsx'
import type { Room } from './rooms.ts'

/** The rooms for which a narrow screen's bar has no place. */
export function RoomsMenu({ rooms, workspace, ...floating }: { readonly rooms: readonly Room[]; readonly workspace: string } & Floating) {
  const navigate = useNavigate()
  return (
    <Menu {...floating}>
      {rooms.map(({ path, title, Icon }) => (
        <MenuItem key={path} icon={<Icon aria-hidden />} onSelect={() => void navigate({ to: `/w/${workspace}${path}` })}>
          {title}
        </MenuItem>
      ))}
    </Menu>
  )
}
