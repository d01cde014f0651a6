import type { IncomingHttpHeaders } from 'node:http'
import { type JsonValue, parseJson } from '@annal/proof'
import type { FastifyInstance } from 'fastify'
import { type ErrorCode, TypedError } from './typed-error.ts'

const problems = {
  'invalid-utf8': ['BODY_NOT_UTF8', 'The body is not UTF-8'],
  'invalid-json': ['BODY_NOT_JSON', 'The body is not JSON'],
  'duplicate-key': ['DUPLICATE_KEY', 'An object in the body names a member twice'],
  'lone-surrogate': ['LONE_SURROGATE', 'A string in the body has half of a surrogate pair'],
  'too-deep': ['TOO_DEEP', 'The body is nested deeper than 128'],
  'number-out-of-range': ['NUMBER_OUT_OF_RANGE', 'A number in the body is beyond the range of a double'],
  'number-inexact': ['NUMBER_INEXACT', "An integer in the body can't be kept exactly: send it as a string"],
} as const satisfies Record<string, readonly [ErrorCode, string]>

/** JSON with one reading only, or a typed error that names the problem and where it stands. */
export function parseStrictJson(bytes: Uint8Array): JsonValue {
  const parsed = parseJson(bytes)
  switch (parsed.status) {
    case 'parsed':
      return parsed.value
    case 'refused': {
      const problem: readonly [ErrorCode, string] = problems[parsed.problem]
      throw new TypedError(problem[0], `${problem[1]} (at ${parsed.at}).`)
    }
  }
}

/** What is compressed is not unpacked: no limit of a body would say how much comes out. @throws TypedError UNSUPPORTED_MEDIA_TYPE */
export function refuseEncoded({ 'content-encoding': encoding = 'identity' }: IncomingHttpHeaders): void {
  if (encoding.toLowerCase() === 'identity') return
  throw new TypedError('UNSUPPORTED_MEDIA_TYPE', 'The body must come as it is, without a Content-Encoding.')
}

/** Bodies of these media types are parsed strictly; any other media type is refused. */
export function acceptStrictJson(app: FastifyInstance, mediaTypes: readonly string[]): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser([...mediaTypes], { parseAs: 'buffer' }, (request, body, done) => {
    try {
      refuseEncoded(request.headers)
      done(null, parseStrictJson(body as Buffer))
    } catch (error) {
      done(error as Error)
    }
  })
}
