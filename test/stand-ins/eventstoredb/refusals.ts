import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import type { Decision } from './access.ts'

/** The errors that a server was seen to send: status, text, and the trailers that the client tells them apart by. */
function refusal(
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): Pick<ServiceError, 'code' | 'details' | 'metadata'> {
  const metadata = new Metadata()
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value)
  return { code, details, metadata }
}

export const serverNotReady = () => refusal(status.UNAVAILABLE, 'Server Is Not Ready')

export const timedOut = (why = 'Commit phase timeout.') => refusal(status.ABORTED, `Operation timed out: ${why}`)

export const consumerTooSlow = () => timedOut('Consumer too slow to handle event while live. Client resubscription required.')

/** A node that follows refuses who requires the leader, and says where that is (LeaderInfo in kurrent-io/KurrentDB, RpcExceptions.cs). */
export const notLeader = (leaderPort: number) =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(leaderPort),
  })

const accessDenied = () => refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' })

const unauthenticated = () => refusal(status.UNAUTHENTICATED, 'Unauthenticated')

export const maxAppendSizeExceeded = (limit: number) =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  })

export const wrongExpectedVersion = (stream: string, expected: string, actual: number) =>
  refusal(
    status.FAILED_PRECONDITION,
    `Failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': expected,
      'actual-version': String(actual),
    },
  )

/** What the client makes of an answer with HTTP status 500. */
export const httpError = () => refusal(status.UNKNOWN, 'Received HTTP status code 500')

export const invalidArgument = (what: string) => refusal(status.INVALID_ARGUMENT, what)

/**
 * What a server makes of a read of $all that broke: where one does not tell invalid positions apart, as of 23.10, at such a position too
 * (StorageReaderWorker.cs, FilteredReadAllEventsForward, and UnknownError in RpcExceptions.cs of EventStore/EventStore).
 */
export const brokenRead = (result: 'ReadAllResult' | 'FilteredReadAllResult') => refusal(status.UNKNOWN, `Unexpected ${result}: Error`)

export const loginConflict = (name: string) =>
  refusal(status.FAILED_PRECONDITION, 'Conflict.', { exception: 'user-conflict', 'login-name': name })

export const notStoodIn = (what: string) => refusal(status.UNIMPLEMENTED, `The stand-in does not stand in for ${what}.`)

export function denialOf(access: Decision): ReturnType<typeof refusal> | null {
  switch (access) {
    case 'allowed':
      return null
    case 'denied':
      return accessDenied()
    case 'unauthenticated':
      return unauthenticated()
  }
}
