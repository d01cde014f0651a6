import '../serve/production.ts'
import { existsSync } from 'node:fs'
import { migrateSqliteStore } from '@annal/ledger'
import { Command, InvalidArgumentError } from 'commander'
import type { Role } from '../identity/caller.ts'
import { readConfig, type ServerConfig } from '../serve/config.ts'
import { dataFolder } from '../serve/data-folder.ts'
import { askServer } from './admin-client.ts'
import { type AdminAnswer, type AdminRequest, readRole } from './admin-request.ts'
import { carryOutAlone } from './carry-out-alone.ts'

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
  .command('rebuild')
  .description('builds the views anew from the record, beside the ones in use')
  .action(() => carryOut({ command: 'rebuild' }))

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
