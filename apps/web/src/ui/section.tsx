import { type ReactNode, useId } from 'react'

/** A titled part of a page. */
export function Section({
  title,
  note,
  actions,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 pb-2">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {note !== undefined && <span className="text-xs text-ink-3">{note}</span>}
        {actions !== undefined && (
          <div className="ml-auto flex items-center gap-1" data-print="no">
            {actions}
          </div>
        )}
      </div>
      {children}
    </section>
  )
}

/** A surface with a line around it. */
export function Card({ children, className = '' }: { readonly children: ReactNode; readonly className?: string }) {
  return <div className={`overflow-hidden rounded-lg border border-line bg-surface ${className}`}>{children}</div>
}

/** Where there is nothing: what that means, and what would bring something. */
export function Nothing({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="px-4 py-5 text-sm sm:px-6">
      <p className="font-medium text-ink">{title}</p>
      {children !== undefined && <div className="mt-1 text-ink-2">{children}</div>}
    </div>
  )
}
