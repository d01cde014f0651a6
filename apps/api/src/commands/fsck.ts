import { existsSync } from 'node:fs'
import { LeafIndex, openKeyStore, PublishFolder, readMasterKey, runFsck } from '@annal/ledger'
import type { ServerConfig } from '../serve/config.ts'
import { dataFolder } from '../serve/data-folder.ts'
import { openSource } from '../workers/event-source.ts'
import { type CheckedView, checkViews } from './check-views.ts'

/**
 * Checks the record against the logs, and the views against the record, read-only, beside a running server or without one.
 * @param trusted verifier keys from elsewhere; none: those that the record itself introduced, which the answer says.
 * @returns the sentences for the terminal, and whether everything matches.
 */
export async function fsck(
  config: ServerConfig,
  trusted: readonly string[],
): Promise<{ readonly matches: boolean; readonly lines: readonly string[] }> {
  const files = dataFolder(config.data)
  const keys = openKeyStore({ file: files.keys, masterKey: readMasterKey(config.masterKeyFile), mode: 'read' })
  const events = await openSource(config.eventStore.kind === 'sqlite' ? { kind: 'sqlite', file: files.events } : config.eventStore)
  const leafIndex = existsSync(files.log) ? new LeafIndex(files.log) : null
  try {
    const outcome = await runFsck({
      events,
      keys,
      folders: {
        tiles: files.tiles,
        heads: files.heads,
        ...(config.publishFolder === null ? {} : { published: new PublishFolder(config.publishFolder) }),
        ...(leafIndex === null ? {} : { leafIndex }),
      },
      ...(trusted.length === 0 ? {} : { trusted }),
      progress: (count) => process.stderr.write(`${count} events checked\r`),
    })
    if (outcome.status === 'differs') return { matches: false, lines: differing(outcome) }
    const views = await checkViews(files.views, events)
    const other = views.find(({ comparison }) => comparison.status === 'differs')
    if (other !== undefined) return { matches: false, lines: viewLines(other) }
    return { matches: true, lines: [...matching(outcome, trusted), ...views.flatMap(viewLines)] }
  } finally {
    leafIndex?.close()
    await events.close()
    keys.close()
  }
}

type Outcome = Awaited<ReturnType<typeof runFsck>>

function matching({ events, logs }: Extract<Outcome, { status: 'matches' }>, trusted: readonly string[]): string[] {
  const each = logs.map(({ name, leaves, heads, unsealed }) => `  ${name}: ${leaves} leaves, ${heads} heads, ${unsealed} not sealed yet`)
  const under =
    trusted.length === 0
      ? 'The heads are signed by keys that this record itself introduced: name a key from elsewhere with --key to trust more than the record.'
      : 'The heads are signed by a key that was given.'
  const unsealed = logs.reduce((sum, log) => sum + log.unsealed, 0)
  const rest =
    unsealed === 0 ? [] : [`${unsealed} events more are under no head that was signed when the check began: they were not compared.`]
  return [`${events - unsealed} events, entries, trees, heads and token maps match.`, ...rest, ...each, under]
}

function differing({ events, first }: Extract<Outcome, { status: 'differs' }>): string[] {
  const { what, where, expected, found } = first
  return [
    `The first thing that does not match, after ${events} events that do: the ${what} at ${where}.`,
    `  expected: ${expected}`,
    `  found:    ${found}`,
  ]
}

function viewLines({ view, comparison }: CheckedView): string[] {
  switch (comparison.status) {
    case 'matches':
      return [`  view ${view}: ${comparison.rows} rows match what the events give up to ${comparison.position}`]
    case 'not-compared':
      return [`  view ${view}: not compared, ${comparison.reason}`]
    case 'differs':
      return [
        `Record and logs match. The first thing that does not: the view ${view}, table ${comparison.table}, row ${comparison.key}.`,
        `  expected: ${comparison.expected}`,
        `  found:    ${comparison.found}`,
        'The record is not concerned: `annal rebuild` makes the views anew from it.',
      ]
  }
}
