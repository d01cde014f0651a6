import {
  BadgeCheck,
  FileArchive,
  KeyRound,
  Landmark,
  LayoutDashboard,
  type LucideIcon,
  ScrollText,
  Server,
  Siren,
  UserRoundX,
  UsersRound,
  Webhook,
} from 'lucide-react'
import type { Viewer } from '../session/session-documents.ts'

export interface Room {
  /** The path behind `/w/<workspace>`. */
  readonly path: string
  readonly title: string
  readonly Icon: LucideIcon
  /** Further paths that belong to it, so that it is marked on them too. */
  readonly also?: readonly string[]
  /** Who may go in; everybody who reads the workspace if absent. */
  readonly roles?: readonly Viewer['role'][]
  readonly keywords?: string
  /** What its pages show is kept by day: they can be shown as of one. */
  readonly past?: true
}

const READERS: readonly Viewer['role'][] = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER', 'AUDITOR']

const KEEPERS: readonly Viewer['role'][] = ['ADMINISTRATOR', 'AUDITOR']

/** The rooms of the dashboard, in the order of the rail. */
export const ROOMS: readonly Room[] = [
  { path: '', title: 'Overview', Icon: LayoutDashboard, keywords: 'home bad news', roles: READERS, past: true },
  {
    path: '/systems',
    title: 'Systems',
    Icon: Server,
    also: ['/models', '/datasets'],
    keywords: 'register inventory',
    roles: READERS,
    past: true,
  },
  { path: '/incidents', title: 'Incidents', Icon: Siren, also: ['/violations'], roles: READERS, past: true },
  { path: '/approvals', title: 'Approvals', Icon: BadgeCheck, keywords: 'inbox decide', roles: READERS, past: true },
  { path: '/events', title: 'Audit trail', Icon: ScrollText, keywords: 'events history log', roles: READERS, past: true },
  { path: '/evidence', title: 'Evidence', Icon: FileArchive, keywords: 'packs export share regulator shared with me' },
  { path: '/ledger', title: 'Ledger', Icon: Landmark, keywords: 'seal tree head witnesses timestamps keys health', roles: READERS },
  {
    path: '/data-subjects',
    title: 'Data subjects',
    Icon: UserRoundX,
    also: ['/legal-holds'],
    keywords: 'erasure requests gdpr legal holds privacy',
    roles: ['ADMINISTRATOR', 'RISK_MANAGER', 'AUDITOR'],
  },
  {
    path: '/people',
    title: 'People',
    Icon: UsersRound,
    also: ['/sessions'],
    keywords: 'settings roles invite invitations sessions',
    roles: READERS,
  },
  { path: '/keys', title: 'API keys', Icon: KeyRound, keywords: 'settings services secret revoke', roles: KEEPERS },
  { path: '/webhooks', title: 'Webhooks', Icon: Webhook, keywords: 'settings deliveries replay secret', roles: KEEPERS },
]

export function roomsFor(viewer: Viewer): readonly Room[] {
  return ROOMS.filter(({ roles }) => roles === undefined || roles.some((role) => viewer.roles.includes(role)))
}

/** Whether a path is in the room. */
export function isInRoom({ path, also = [] }: Room, workspace: string, pathname: string): boolean {
  const within = pathname.slice(`/w/${workspace}`.length).replace(/\/$/, '')
  return path === '' ? within === '' : [path, ...also].some((start) => within === start || within.startsWith(`${start}/`))
}

/** Whether what stands there can be shown as of a day. */
export function hasPast(workspace: string, pathname: string): boolean {
  return ROOMS.some((room) => room.past === true && isInRoom(room, workspace, pathname))
}

/** Whether what stands there can be shown as of two days beside each other: the overview, the register of systems, and a system. */
export function comparesDates(workspace: string, pathname: string): boolean {
  return /^(\/systems(\/[^/]+)?)?$/.test(pathname.slice(`/w/${workspace}`.length).replace(/\/$/, ''))
}

/** Lists that stand within a room. */
export const FURTHER_PAGES = [
  { path: '/models', title: 'Models' },
  { path: '/datasets', title: 'Datasets' },
  { path: '/violations', title: 'Violations' },
] as const
