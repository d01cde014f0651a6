import type { FastifyRequest } from 'fastify'
import { TypedError } from '../http/typed-error.ts'
import type { Attributes } from './read-cloud-event.ts'

/** The CloudEvents of a request: one (structured or binary mode) or a batch. */
export function cloudEventsOf({ headers, body }: FastifyRequest): Attributes[] {
  const mediaType = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  switch (mediaType) {
    case 'application/cloudevents+json':
      return [attributesOf(body)]
    case 'application/cloudevents-batch+json':
      if (!Array.isArray(body)) throw new TypedError('BAD_REQUEST', 'A batch must be a JSON array of CloudEvents.')
      return body.map(attributesOf)
    default:
      return [{ ...attributesOfHeaders(headers), datacontenttype: headers['content-type'], data: body }]
  }
}

/**
 * What isn't even an object is refused in its place, like a CloudEvent without attributes. In JSON an attribute that is `null` is unset
 * (CloudEvents JSON Event Format 1.0.2, section 2.2).
 */
function attributesOf(value: unknown): Attributes {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value).filter(([, attribute]) => attribute !== null))
}

/** Binary mode: `ce-` headers, percent-encoded where a header can't carry the character. */
function attributesOfHeaders(headers: FastifyRequest['headers']): Attributes {
  const given = Object.entries(headers).filter(([name, value]) => name.startsWith('ce-') && typeof value === 'string')
  if (given.length === 0) throw new TypedError('BAD_REQUEST', 'There are no `ce-` headers: not a CloudEvent in binary mode.')
  return Object.fromEntries(given.map(([name, value]) => [name.slice('ce-'.length), decoded(name, String(value))]))
}

function decoded(name: string, value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    throw new TypedError('BAD_REQUEST', `The header ${name} is not percent-encoded UTF-8.`)
  }
}
