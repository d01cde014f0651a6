import { AppendTooLarge, AppendUncertain, StoreFull, StoreUnavailable } from '@annal/ledger'
import { BODY_TOO_LARGE } from './read-body.ts'
import { type ErrorCode, TypedError } from './typed-error.ts'

/** What the caller is told of an error. Whatever isn't known by name is told as INTERNAL, and written to the log by its correlation id. */
export interface DescribedError {
  readonly code: ErrorCode
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

export function describeError(error: unknown): DescribedError {
  if (error instanceof TypedError) return { code: error.code, message: error.message, details: error.details }
  if (error instanceof StoreFull)
    return {
      code: 'STORE_FULL',
      message: 'The event store has no room. Nothing was recorded; send the same events again later.',
      details: {},
    }
  if (error instanceof AppendTooLarge)
    return {
      code: 'APPEND_TOO_LARGE',
      message: 'The event store takes no append of this size. Nothing was recorded; send fewer or smaller events at once.',
      details: {},
    }
  if (error instanceof StoreUnavailable)
    return {
      code: 'STORE_UNAVAILABLE',
      message: 'The event store cannot be reached. Nothing was recorded; send the same events again.',
      details: {},
    }
  if (error instanceof AppendUncertain)
    return {
      code: 'APPEND_UNCERTAIN',
      message: 'The store did not say whether it recorded the events. Send the same events again: each will be there once.',
      details: {},
    }
  return (
    fromFastify(error) ??
    fromStatic(error) ?? { code: 'INTERNAL', message: 'Something broke on our side. Nothing of this answer is a receipt.', details: {} }
  )
}

const fastifyCodes: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['BODY_TOO_LARGE', BODY_TOO_LARGE],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'The content type must be application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['BODY_NOT_JSON', 'The body is empty.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['BAD_REQUEST', 'The body is not as long as its Content-Length says.'],
  FST_ERR_BAD_URL: ['BAD_REQUEST', 'The URL is not well-formed.'],
}

/** Of a file that is sent in pieces. Its `Content-Range` says where the file ends. */
function fromStatic(error: unknown): DescribedError | null {
  if (!(error instanceof Error && 'statusCode' in error && error.statusCode === 416 && 'headers' in error)) return null
  const contentRange = new Headers(error.headers as Record<string, string>).get('content-range')
  return { code: 'RANGE_NOT_SATISFIABLE', message: 'The file has no such bytes.', details: { contentRange } }
}

function fromFastify(error: unknown): DescribedError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = fastifyCodes[code]
  return known === undefined ? null : { code: known[0], message: known[1], details: {} }
}
