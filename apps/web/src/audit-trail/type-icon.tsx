import {
  BadgeCheck,
  BookLock,
  Box,
  Briefcase,
  Building2,
  CalendarCheck,
  CircleDot,
  Cpu,
  Database,
  FileText,
  Landmark,
  ListChecks,
  type LucideIcon,
  Puzzle,
  Scale,
  Siren,
  UserRound,
  UserX,
  Workflow,
} from 'lucide-react'
import { splitStream } from './table/local-stream.ts'

const ICONS: Readonly<Record<string, LucideIcon>> = {
  aisystem: Cpu,
  model: Box,
  dataset: Database,
  subject: UserX,
  decision: Scale,
  approval: BadgeCheck,
  incident: Siren,
  policy: Landmark,
  regulation: Landmark,
  template: FileText,
  people: UserRound,
  component: Puzzle,
  project: Briefcase,
  review: CalendarCheck,
  workspace: Building2,
  person: UserRound,
  run: Workflow,
  task: ListChecks,
  ledger: BookLock,
}

/** The kind of thing that an event belongs to, by its history's name (`acme.model-cs` → model). */
export function TypeIcon({ stream }: { readonly stream: string }) {
  const Icon = ICONS[splitStream(stream)[0]] ?? CircleDot
  return <Icon aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
}
