import { type Credentials, convertToCommandError, ErrorType, type EventStoreDBClient, isCommandError } from '@eventstore/db-client'
import usersService, { type UsersClient } from '@eventstore/db-client/generated/users_grpc_pb.js'
import users from '@eventstore/db-client/generated/users_pb.js'
import { readFailure } from './command-failure.ts'
import { connect } from './connect.ts'
import { parseConnectionString } from './connection-string.ts'
import { closeClient, credentialsOf } from './protection.ts'

interface CreateUser {
  /** With the credential of a member of `$admins`. Used once, kept nowhere. */
  readonly administrator: string
  readonly user: string
  readonly password: string
}

/**
 * Makes a user of the server, in no group, for Annal to sign in as. One that exists keeps its password.
 * @throws StoreUnavailable, InvalidConnectionString
 */
export async function createUser({ administrator, user, password }: CreateUser): Promise<'created' | 'existed'> {
  const parsed = parseConnectionString(administrator)
  const client = connect(parsed)
  try {
    await create(client, new users.CreateReq.Options().setLoginName(user).setFullName('Annal').setPassword(password), credentialsOf(parsed))
    return 'created'
  } catch (error) {
    const failure = error instanceof Error ? convertToCommandError(error) : error
    if (failure instanceof Error && isCommandError(failure) && failure.type === ErrorType.USER_CONFLICT) return 'existed'
    throw readFailure(failure)
  } finally {
    await closeClient(client)
  }
}

function create(
  client: EventStoreDBClient,
  options: InstanceType<typeof users.CreateReq.Options>,
  credentials: Credentials,
): Promise<void> {
  const request = new users.CreateReq().setOptions(options)
  return client['execute'](
    usersService.UsersClient,
    'createUser',
    (grpc: UsersClient) =>
      new Promise<void>((resolve, reject) => {
        grpc.create(request, ...client['callArguments']({ credentials }), (error) => (error ? reject(error) : resolve()))
      }),
  )
}
