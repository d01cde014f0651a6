import { useRouter } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useReading } from '../reading/use-reading.ts'
import { may } from '../session/may.ts'
import { useSession } from '../session/use-session.ts'
import { titleOf } from '../things/vocabulary.ts'
import { Menu, MenuChoice, MenuChoices, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx'
import type { Floating } from '../ui/on-demand.tsx'
import { myWorkspaces } from './workspaces-documents.ts'

/** The workspaces in which the reader has a role; each is a world of its own. */
export function WorkspaceMenu({ onOpen, ...floating }: Floating & { readonly onOpen: () => void }) {
  const { viewer, inPast } = useSession()
  const router = useRouter()
  const { reading } = useReading(myWorkspaces, {})
  const memberships = reading.status === 'read' ? reading.data.myWorkspaces : []
  return (
    <Menu align="start" {...floating}>
      <MenuLabel>{reading.status === 'failed' ? `Could not be read: ${reading.problem.message}` : 'Your workspaces'}</MenuLabel>
      <MenuChoices value={viewer.workspace.id} aria-label="Workspace">
        {memberships.map(({ workspace, roles }) => (
          <MenuChoice key={workspace.id} value={workspace.id} onClick={() => router.history.push(`/w/${encodeURIComponent(workspace.id)}`)}>
            <span className="min-w-0 flex-1">
              <span className="block truncate">{workspace.name}</span>
              <span className="block truncate text-xs text-ink-3">
                {workspace.region} · {roles.map((role) => titleOf(role.toLowerCase())).join(', ')}
              </span>
            </span>
          </MenuChoice>
        ))}
      </MenuChoices>
      {may(viewer, 'open-workspaces') && (
        <>
          <MenuLine />
          <MenuItem icon={<Plus aria-hidden />} onSelect={onOpen} disabled={inPast}>
            Open a workspace…
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
