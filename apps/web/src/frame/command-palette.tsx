import { Command as Cmdk } from 'cmdk'
import { Search } from 'lucide-react'
import { Suspense, useCallback, useDeferredValue, useRef, useState } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { lazily } from '../ui/lazily.tsx'
import { commandScore } from './command-score.ts'
import { type Command, useAllCommands } from './commands.ts'

interface PaletteProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

const PaletteThings = lazily(() => import('./palette-things.tsx').then((module) => module.PaletteThings))
/** Fewer letters find too much. */
const SHORTEST = 2

export function CommandPalette({ open, onOpenChange }: PaletteProps) {
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const [chosen, setChosen] = useState('')
  const list = useRef<HTMLDivElement>(null)
  // What is found comes later than the commands: where none of them has the words, Enter is for the first thing.
  const found = useCallback((first: string) => {
    if (list.current?.querySelector('[cmdk-item][data-selected="true"]') === null) setChosen(first)
  }, [])
  return (
    <Dialog title="Commands" bare open={open} onOpenChange={onOpenChange}>
      <Cmdk
        label="Commands"
        loop
        filter={(_, typed, texts = []) => commandScore(typed, texts)}
        value={chosen}
        onValueChange={setChosen}
        className="flex min-h-0 flex-col"
      >
        <div className="flex items-center gap-2.5 border-b border-line px-4">
          <Search aria-hidden className="size-4 shrink-0 text-ink-3" />
          <Cmdk.Input
            value={text}
            onValueChange={setText}
            placeholder="Go to a system, a model, an incident, a page, or do something"
            className="h-12 w-full bg-transparent text-base outline-none placeholder:text-ink-3"
          />
          <Kbd>Esc</Kbd>
        </div>
        <Cmdk.List
          ref={list}
          className="min-h-0 overflow-y-auto p-2 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3"
        >
          <Cmdk.Empty className="px-2 py-8 text-center text-sm text-ink-3">No page and no command has these words.</Cmdk.Empty>
          <Groups onDone={() => onOpenChange(false)} />
          {search.length >= SHORTEST && (
            <Suspense>
              <PaletteThings search={search} onFound={found} onDone={() => onOpenChange(false)} />
            </Suspense>
          )}
        </Cmdk.List>
      </Cmdk>
    </Dialog>
  )
}

function Groups({ onDone }: { readonly onDone: () => void }) {
  const groups = Map.groupBy(useAllCommands(), (command) => command.group)
  return [...groups].map(([group, commands]) => (
    <Cmdk.Group key={group} heading={group}>
      {commands.map((command) => (
        <Item key={command.id} command={command} onDone={onDone} />
      ))}
    </Cmdk.Group>
  ))
}

function Item({ command, onDone }: { readonly command: Command; readonly onDone: () => void }) {
  return (
    <Cmdk.Item
      value={command.id}
      keywords={[command.title, command.keywords ?? '', command.group]}
      onSelect={() => {
        onDone()
        command.run()
      }}
      className="flex h-9 cursor-default items-center justify-between gap-4 rounded-md px-2 text-sm text-ink-2 data-[selected=true]:bg-sunken data-[selected=true]:text-ink"
    >
      <span className="truncate">{command.title}</span>
      {command.keys && <Kbd>{command.keys}</Kbd>}
    </Cmdk.Item>
  )
}
