import { words } from '../format/words.ts'
import { type Command, useCommands } from '../frame/commands.ts'
import { useSession } from '../session/use-session.ts'
import { announce } from '../ui/announce.ts'
import { exportLink } from './export-links.ts'
import { rangePresets } from './filter/range-presets.ts'
import type { Trail } from './trail-context.ts'

/** What the palette can do with the trail. */
export function useTrailCommands(trail: Trail, actions: { readonly focusFilter: () => void }): void {
  const { catalogue, viewer, now } = useSession()
  useCommands(() => [
    { id: 'focus filter', group: 'Filter', title: 'Edit the filter', keys: '/', run: actions.focusFilter },
    ...(trail.line === '' ? [] : [{ id: 'clear filter', group: 'Filter', title: 'Clear the filter', run: () => trail.setLine('') }]),
    { id: 'own events', group: 'Filter', title: 'Recorded by me', run: () => trail.addTerm({ key: 'actor', value: viewer.id }) },
    ...rangePresets(now()).map(
      ({ title, range }): Command => ({
        id: `recorded ${title}`,
        group: 'Recorded',
        title,
        keywords: 'recorded time range',
        run: () => trail.addTerm({ key: 'recorded', range }),
      }),
    ),
    {
      id: 'copy link',
      group: 'Trail',
      title: 'Copy a link to this view',
      run: () => {
        navigator.clipboard.writeText(location.href).then(
          () => announce('Link copied'),
          () => announce('The browser refused to copy the link'),
        )
      },
    },
    trail.order === 'NEWEST_FIRST'
      ? { id: 'order', group: 'Trail', title: 'Oldest first', keywords: 'sort order', run: () => trail.setOrder('OLDEST_FIRST') }
      : { id: 'order', group: 'Trail', title: 'Newest first', keywords: 'sort order', run: () => trail.setOrder('NEWEST_FIRST') },
    {
      id: 'export csv',
      group: 'Trail',
      title: 'Export as CSV',
      keywords: 'download',
      run: () => location.assign(exportLink('csv', trail)),
    },
    {
      id: 'export jsonl',
      group: 'Trail',
      title: 'Export as JSON Lines',
      keywords: 'download',
      run: () => location.assign(exportLink('jsonl', trail)),
    },
    { id: 'print', group: 'Trail', title: 'Print', run: () => print() },
    ...catalogue.types.map(
      ({ name, stream }): Command => ({
        id: `type ${name}`,
        group: 'Only events of a type',
        title: words(name),
        keywords: `${name} ${stream}`,
        run: () => trail.addTerm({ key: 'type', value: name }),
      }),
    ),
  ])
}
