#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { askWorkspace } from './cli/ask-workspace.ts'
import { checkInput, emitInput, inputsOf } from './cli/emit-input.ts'
import { Tally } from './cli/tally.ts'
import { type AnnalClient, createClient } from './create-client.ts'
import type { Refusal } from './refused-file.ts'
import { isSendable, UNSENDABLE_KEY } from './send/post-events.ts'

const ALL_RECORDED = 0
const SOME_REFUSED = 1
const WRONG_USE = 2
const SOME_KEPT = 3

interface Options {
  readonly url?: string
  readonly keyFile?: string
  readonly outbox: string
  readonly workspace?: string
  readonly wait: number
  readonly dryRun: boolean
}

const program = new Command('annal-emit')
  .description(
    'Emits events to Annal: CloudEvents 1.0 (one, a batch, or one a line) or Annal events, one a line. They are kept in the outbox until Annal has them.',
  )
  .argument('[files...]', 'files with events; standard input if there are none')
  .option('--url <url>', 'Annal’s address; ANNAL_URL if not given')
  .option('--key-file <file>', 'a file that holds the API key; ANNAL_KEY_FILE, or the key itself in ANNAL_KEY, if not given')
  .option('--outbox <folder>', 'where events are kept until Annal has them', process.env.ANNAL_OUTBOX ?? 'annal-outbox')
  .option('--workspace <id>', 'the workspace, for the ids of CloudEvents; Annal is asked if not given')
  .option('--wait <seconds>', 'how long to wait at the end until Annal has everything', secondsArgument, 60)
  .option('--dry-run', 'check the events and send nothing', false)
  .addHelpText(
    'after',
    '\nEnds with 0: all recorded; 1: some refused, each told with its place; 2: wrong use; 3: some still in the outbox, to be sent by the next run.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
  .action(async (files: string[], options: Options) => {
    process.exitCode = await emit(files, options)
  })

function secondsArgument(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('A whole number of seconds.')
  return Number(text)
}

async function emit(files: readonly string[], options: Options): Promise<number> {
  const tally = new Tally((line) => process.stderr.write(`${line}\n`), process.stderr.isTTY ? (line) => process.stderr.write(line) : null)
  return options.dryRun ? check(files, options, tally) : send(files, options, tally)
}

async function check(files: readonly string[], { workspace = 'ws_unknown' }: Options, tally: Tally): Promise<number> {
  for (const input of inputsOf(files)) await checkInput(input, async () => workspace, tally)
  tally.finish(`${tally.read} events checked, ${tally.refused} refused; nothing was sent.`)
  return tally.refused === 0 ? ALL_RECORDED : SOME_REFUSED
}

async function send(files: readonly string[], options: Options, tally: Tally): Promise<number> {
  const url = (options.url ?? process.env.ANNAL_URL ?? '').replace(/\/+$/, '')
  if (!/^https?:\/\/\S+$/.test(url) || !URL.canParse(url)) return refuse('Name Annal’s address with --url or ANNAL_URL.')
  const apiKey = readKey(options.keyFile ?? process.env.ANNAL_KEY_FILE)
  if (apiKey === '') return refuse('Put the API key into a file and name it with --key-file or ANNAL_KEY_FILE, or set ANNAL_KEY.')
  if (!isSendable(apiKey)) return refuse(UNSENDABLE_KEY)
  let asked: Promise<string> | null = null
  const workspace = () => {
    asked ??= options.workspace === undefined ? askWorkspace(url, apiKey) : Promise.resolve(options.workspace)
    return asked
  }
  const client = await createClient({
    url,
    apiKey,
    outbox: options.outbox,
    onObstacle: teller(tally),
    onRefused: (refusal) => tellRefusal(refusal, tally),
  })
  try {
    for (const input of inputsOf(files)) await emitInput(input, { client, workspace, tally })
    await client.flush(options.wait * 1_000)
  } finally {
    await client.close(0)
  }
  return told(client, tally)
}

function tellRefusal({ id, code, path, message }: Refusal, tally: Tally): void {
  tally.refuse(tally.places.get(id) ?? `event ${id} of an earlier run`, `${code}: ${path === null ? '' : `${path}: `}${message}`)
}

/** Tells of an obstacle when it changes, not at each attempt. */
function teller(tally: Tally): (obstacle: { readonly kind: string; readonly message: string }) => void {
  let last = ''
  return ({ kind, message }) => {
    if (message === last) return
    last = message
    tally.finish(`Annal does not take the events yet (${kind}: ${message}); they are kept and tried again.`)
  }
}

function told({ waiting }: AnnalClient, tally: Tally): number {
  const kept = waiting === 0 ? '' : `, ${waiting} kept in the outbox for the next run`
  tally.finish(`${tally.read} events: ${tally.recorded} recorded (${tally.repeated} of them before), ${tally.refused} refused${kept}.`)
  if (tally.refused > 0) return SOME_REFUSED
  return waiting === 0 ? ALL_RECORDED : SOME_KEPT
}

function readKey(file: string | undefined): string {
  return (file === undefined ? (process.env.ANNAL_KEY ?? '') : readFileSync(file, 'utf8')).trim()
}

function refuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`)
  return WRONG_USE
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = WRONG_USE
})
