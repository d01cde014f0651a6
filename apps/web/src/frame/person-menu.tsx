import { useNavigate, useRouter } from '@tanstack/react-router'
import { Keyboard, LogOut, Monitor, MonitorSmartphone, Moon, Sun, UserRound } from 'lucide-react'
import { useState } from 'react'
import { words } from '../format/words.ts'
import { signOut } from '../session/session.ts'
import type { Viewer } from '../session/session-documents.ts'
import { useOwnName } from '../things/people-names.ts'
import { Menu, MenuChoice, MenuChoices, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx'
import { Notice } from '../ui/notice.tsx'
import type { Floating } from '../ui/on-demand.tsx'
import { type Preferences, prefer, usePreferences } from './preferences.ts'

const THEMES = [
  { theme: 'system', title: 'As the system', Icon: Monitor },
  { theme: 'light', title: 'Light', Icon: Sun },
  { theme: 'dark', title: 'Dark', Icon: Moon },
] as const satisfies readonly { theme: Preferences['theme']; title: string; Icon: unknown }[]

interface PersonMenuProps {
  readonly viewer: Viewer
  readonly onHelp: () => void
}

export function PersonMenu({ viewer, onHelp, ...floating }: PersonMenuProps & Floating) {
  const { theme } = usePreferences()
  const name = useOwnName()
  const router = useRouter()
  const navigate = useNavigate()
  const [failed, setFailed] = useState(false)
  // A regulator sees what is shared, and nothing of people.
  const reads = viewer.kind === 'PERSON' && viewer.roles.some((role) => role !== 'REGULATOR')
  const go = (path: string) => void navigate({ to: `/w/${viewer.workspace.id}${path}` })

  async function leave(): Promise<void> {
    const outcome = await signOut()
    if (outcome.status === 'signed-out') router.history.push('/sign-in')
    else setFailed(true)
  }

  return (
    <Menu {...floating}>
      <div className="px-2 pt-2 pb-1">
        {name !== null && <p className="max-w-64 truncate text-sm font-medium">{name}</p>}
        <p className="max-w-64 truncate font-mono text-xs text-ink-2">{viewer.id}</p>
        <p className="text-xs text-ink-3">
          {viewer.roles.map((role) => words(role.toLowerCase())).join(', ')} in {viewer.workspace.name}
        </p>
      </div>
      <MenuLine />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoices value={theme} aria-label="Theme">
        {THEMES.map(({ theme: value, title, Icon }) => (
          <MenuChoice key={value} value={value} icon={<Icon aria-hidden />} onClick={() => prefer({ theme: value })}>
            {title}
          </MenuChoice>
        ))}
      </MenuChoices>
      <MenuLine />
      {reads && (
        <>
          <MenuItem icon={<UserRound aria-hidden />} onSelect={() => go(`/people/${viewer.id}`)}>
            Your profile
          </MenuItem>
          <MenuItem icon={<MonitorSmartphone aria-hidden />} onSelect={() => go('/sessions')}>
            Your sessions
          </MenuItem>
        </>
      )}
      <MenuItem icon={<Keyboard aria-hidden />} onSelect={onHelp}>
        Keyboard
      </MenuItem>
      <MenuItem
        icon={<LogOut aria-hidden />}
        onSelect={(event) => {
          event.preventDefault()
          void leave()
        }}
      >
        Sign out
      </MenuItem>
      {failed && (
        <div className="max-w-64 p-1">
          <Notice tone="bad" title="Not signed out">
            The server didn’t answer. Try again.
          </Notice>
        </div>
      )}
    </Menu>
  )
}
