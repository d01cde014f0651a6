import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { prefer, usePreferences } from './preferences.ts'
import { onApple } from './shortcuts.ts'

interface Keys {
  readonly keys: readonly string[]
  readonly does: string
}

const GROUPS: readonly { readonly title: string; readonly keys: readonly Keys[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      { keys: [onApple ? '⌘ K' : 'Ctrl K'], does: 'Open the command palette' },
      { keys: ['t'], does: 'Choose as of when everything is shown, or two dates to compare' },
      { keys: ['?'], does: 'Show this help' },
      { keys: ['Esc'], does: 'Close what is open, then clear the selection' },
    ],
  },
  {
    title: 'Audit trail',
    keys: [
      { keys: ['/'], does: 'Edit the filter' },
      { keys: ['j', '↓'], does: 'Next event' },
      { keys: ['k', '↑'], does: 'Previous event' },
      { keys: ['Home'], does: 'First event' },
      { keys: ['End'], does: 'Last loaded event' },
      { keys: ['Enter'], does: 'Open the event' },
      { keys: ['x'], does: 'Select or deselect the event' },
      { keys: ['n'], does: 'Show the new events' },
    ],
  },
]

export function ShortcutHelp({ open, onOpenChange }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const { singleKeys } = usePreferences()
  return (
    <Dialog title="Keyboard" open={open} onOpenChange={onOpenChange}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
      <section tabIndex={0} aria-label="Keys" className="grid gap-6 overflow-y-auto p-4 outline-offset-[-2px] sm:grid-cols-2">
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3 className="pb-2 text-xs font-medium text-ink-3">{group.title}</h3>
            <dl className="grid gap-1">
              {group.keys.map(({ keys, does }) => (
                <div key={does} className="flex min-h-7 items-center justify-between gap-4 text-sm">
                  <dt className="text-ink-2">{does}</dt>
                  <dd className="flex shrink-0 gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
      <label className="flex items-center gap-2.5 border-t border-line px-4 py-3 text-sm text-ink-2">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => prefer({ singleKeys: event.target.checked })}
          className="size-4 accent-accent"
        />
        Keys without Ctrl or ⌘ work as shortcuts
      </label>
    </Dialog>
  )
}
