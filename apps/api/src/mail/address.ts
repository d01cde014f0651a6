const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const ADDRESS = new RegExp(`^([A-Za-z0-9.!#$%&'*+/=?^_\`{|}~-]{1,64})@(${LABEL}(?:\\.${LABEL})*)$`)
const LONGEST = 254

/**
 * An e-mail address as HTML forms know it, its domain in lower case; null for anything else. There is no room in it for spaces, line ends,
 * commas or names, so that it can't become two addresses or another header line.
 */
export function parseAddress(text: string): string | null {
  const trimmed = text.trim()
  const [, local, domain] = ADDRESS.exec(trimmed) ?? []
  return local === undefined || domain === undefined || trimmed.length > LONGEST ? null : `${local}@${domain.toLowerCase()}`
}

/** Addresses that reach the same mailbox with any provider of today are the same. */
export function sameMailbox(address: string): string {
  return address.toLowerCase()
}
