import { randomBytes } from 'node:crypto'

/** Unique among the processes of an installation, and cheap. */
export function correlationIds(): () => string {
  const process = randomBytes(5).toString('hex')
  let request = 0
  return () => `${process}-${(++request).toString(36)}`
}
