import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** Something that went wrong or needs care, where it matters. `bad` is read out at once. */
export function Notice({
  tone,
  title,
  children,
}: {
  readonly tone: 'bad' | 'warn'
  readonly title: ReactNode
  readonly children?: ReactNode
}) {
  const Icon = tone === 'bad' ? CircleAlert : TriangleAlert
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classes('flex gap-2.5 rounded-lg px-3 py-2.5 text-sm', tone === 'bad' ? 'bg-bad-soft' : 'bg-warn-soft')}
    >
      <Icon aria-hidden className={classes('mt-0.5 size-4 shrink-0', tone === 'bad' ? 'text-bad' : 'text-warn')} />
      <div className="min-w-0 flex-1">
        <p className={classes('font-medium', tone === 'bad' ? 'text-bad' : 'text-warn')}>{title}</p>
        {children && <div className="mt-1 text-ink-2">{children}</div>}
      </div>
    </div>
  )
}
