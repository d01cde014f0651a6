import '../serve/production.ts'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { migrateSqliteStore } from '@annal/ledger'
import { Command, InvalidArgumentError } from 'commander'
import { makeBackup } from '../backup/make-backup.ts'
import { removeAbandonedParts } from '../backup/part-folder.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import type { Role } from '../identity/caller.ts'
import { readConfig, type ServerConfig } from '../serve/config.ts'
import { dataFolder } from '../serve/data-folder.ts'
import { askServer } from './admin-client.ts'
import { type AdminAnswer, type AdminRequest, MOST_OVERLAP_HOURS, readRole } from './admin-request.ts'
import { carryOutAlone } from './carry-out-alone.ts'
import { fsck } from './fsck.ts'
import { type VerifyOptions, verify } from './verify.ts'

process.umask(0o077)

/** Through the server that runs on the data folder, or in its place. */
async function carryOut(request: AdminRequest): Promise<void> {
  const config = configOrExit()
  const answer = (await askServer(dataFolder(config.data).socket, request)) ?? (await carryOutAlone(request, config))
  tell(answer)
}

function configOrExit(): ServerConfig {
  const outcome = readConfig(process.env)
  if (outcome.status === 'ready') return outcome.config
  console.error(outcome.sentence)
  process.exit(1)
}

function tell(answer: AdminAnswer): void {
  switch (answer.status) {
    case 'done':
      console.log(answer.text)
      break
    case 'refused':
      console.error(answer.message)
      process.exitCode = 1
      break
  }
}

function roleArgument(text: string): Role {
  const role = readRole(text)
  if (role === null) throw new InvalidArgumentError('The roles of keys are service and auditor.')
  return role
}

function rateArgument(text: string): number {
  const rate = Number(text)
  if (!Number.isInteger(rate) || rate < 1) throw new InvalidArgumentError('A rate is a whole number of requests a second.')
  return rate
}

function overlapArgument(text: string): number {
  const hours = Number(text)
  if (text.trim() === '' || !(hours >= 0 && hours <= MOST_OVERLAP_HOURS))
    throw new InvalidArgumentError('An overlap is a number of hours, at most a year.')
  return hours
}

function gathered(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

async function report(check: ReturnType<typeof fsck>): Promise<void> {
  const { matches, lines } = await check
  for (const line of lines) (matches ? console.log : console.error)(line)
  if (!matches) process.exitCode = 1
}

interface IssueOptions {
  readonly workspace: string
  readonly role: Role
  readonly name: string
  readonly rate?: number
}

const program = new Command('annal').description('Administers the Annal of ANNAL_DATA, through the running server or in its place.')
const key = program.command('key').description('API keys')

key
  .command('issue')
  .description('issues a key and prints it, once')
  .requiredOption('--workspace <id>', 'the workspace it is for')
  .requiredOption('--role <role>', 'service or auditor', roleArgument)
  .option('--name <name>', 'what it is for', 'Issued by an operator')
  .option('--rate <number>', 'requests a second', rateArgument)
  .action(({ workspace, role, name, rate }: IssueOptions) =>
    carryOut({ command: 'issue-key', workspace, role, name, requestsPerSecond: rate ?? null }),
  )

key
  .command('revoke')
  .description('revokes a key at once')
  .requiredOption('--workspace <id>', 'its workspace')
  .requiredOption('--key <id>', 'the key, ak_…')
  .action((options: { readonly workspace: string; readonly key: string }) => carryOut({ command: 'revoke-key', ...options }))

program
  .command('workspaces')
  .description('lists the workspaces by their ids')
  .action(() => carryOut({ command: 'workspaces' }))

program
  .command('sign-in-link')
  .description('prints a new sign-in link of the administrator: good once, for 15 minutes')
  .action(() => carryOut({ command: 'sign-in-link' }))

program
  .command('signing-key')
  .description('the keys that sign tree heads')
  .command('rotate')
  .description('makes a new signing key; the old one signs beside it for a while and is retired then')
  .option('--overlap <hours>', 'how long both sign', overlapArgument, 168)
  .option('--compromised', 'somebody else has the old key: it ends at once, and is recorded as compromised')
  .action(({ overlap, compromised = false }: { readonly overlap: number; readonly compromised?: boolean }) =>
    carryOut({ command: 'rotate-signing-key', overlapHours: overlap, because: compromised ? 'compromised' : 'rotated' }),
  )

program
  .command('log')
  .description('the logs of tree heads')
  .command('continue')
  .description('continues a closed log under a new origin; the break stays visible for ever')
  .requiredOption('--workspace <id>', 'the workspace, or system')
  .requiredOption('--reason <text>', 'why the log went back')
  .action((options: { readonly workspace: string; readonly reason: string }) => carryOut({ command: 'continue-log', ...options }))

program
  .command('rebuild')
  .description('builds the views anew from the record, beside the ones in use')
  .action(() => carryOut({ command: 'rebuild' }))

program
  .command('fsck')
  .description(
    'checks every event, entry, leaf, tile, head and token map against each other, and the views against the events; reads only, beside a running server too',
  )
  .option('--key <verifier key...>', 'keys from elsewhere that heads must be signed with: one of each log at least')
  .action(({ key: trusted = [] }: { readonly key?: readonly string[] }) => report(fsck(configOrExit(), trusted)))

program
  .command('verify')
  .description('checks an evidence pack as the offline verifier does')
  .argument('<pack>', 'the file')
  .option('--key <key>', 'a verifier key of the log from elsewhere, or a file of such keys; more than once', gathered, [])
  .option('--head <file>', 'a signed tree head that was kept; more than once', gathered, [])
  .option('--witness <key>', "a witness's key, or a file of such keys; more than once", gathered, [])
  .option('--tsa <file>', 'a certificate of a timestamping authority; more than once', gathered, [])
  .option('--json', 'prints everything as JSON', false)
  .option('--recompute', 'makes the documents again from the events of the pack and compares them', false)
  .action(async (pack: string, options: VerifyOptions) => {
    const { output, code } = await verify(pack, options)
    process.stdout.write(output)
    process.exitCode = code
  })

program
  .command('backup')
  .description(
    'copies the record, its keys and its logs into a new folder, beside a running server; master and signing keys are kept apart',
  )
  .argument('<folder>', 'a folder that does not exist yet')
  .action(async (folder: string) => {
    for (const left of removeAbandonedParts(resolve(folder)))
      console.log(`${left} is removed: a backup that was stopped left it, with keys in it.`)
    const { files, keysExpireAt, eventStore } = await makeBackup(configOrExit(), resolve(folder), new Date())
    console.log(`${files.length} files are in ${folder}. It can be restored until ${keysExpireAt}; keep the master key elsewhere.`)
    if (eventStore === 'esdb') console.log('The events are in EventStoreDB: back them up with its own tools, after this.')
  })

program
  .command('restore')
  .description('puts a backup into an empty ANNAL_DATA and checks it; the master key must be where ANNAL_MASTER_KEY_FILE says')
  .argument('<folder>', 'a backup')
  .action(async (folder: string) => {
    const config = configOrExit()
    const { manifest, behind } = await restoreBackup(config, resolve(folder), new Date())
    console.log(`The backup of ${manifest.madeAt} is restored. The next start carries out every recorded erasure before it serves.`)
    for (const sentence of behind) console.error(sentence)
    await report(fsck(config, []))
  })

program
  .command('migrate')
  .description('brings an older data folder to this version; back it up first, and stop the server')
  .action(() => {
    const { events } = dataFolder(configOrExit().data)
    if (existsSync(events)) migrateSqliteStore(events)
    console.log(
      existsSync(events) ? 'The event store is of this version. Event bytes were not changed.' : 'There is no event store to migrate.',
    )
  })

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
