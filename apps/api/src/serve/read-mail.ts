import { parseAddress } from '../mail/address.ts'
import type { MailSettings } from '../mail/mailer.ts'

type ReadMail = { readonly value: MailSettings | null } | { readonly problem: string }

/** One without the other could send nothing. A URL may hold a password: it is never repeated. */
export function readMail(smtpUrl: string | undefined, from: string | undefined): ReadMail {
  if (smtpUrl === undefined && from === undefined) return { value: null }
  if (smtpUrl === undefined) return { problem: 'ANNAL_MAIL_FROM is set, but ANNAL_SMTP_URL is not; set both or none.' }
  if (from === undefined) return { problem: 'ANNAL_SMTP_URL is set, but ANNAL_MAIL_FROM is not; set both or none.' }
  const url = URL.parse(smtpUrl)
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || !isEncoded(url.username) || !isEncoded(url.password))
    return { problem: 'ANNAL_SMTP_URL must be an address such as smtps://user:password@mail.example.org:465.' }
  if (!isSender(from)) return { problem: `ANNAL_MAIL_FROM must be an address such as Annal <annal@example.org>, not "${from}".` }
  return { value: { smtpUrl, from } }
}

/** The name and the password are sent as they read decoded. */
function isEncoded(part: string): boolean {
  try {
    decodeURIComponent(part)
    return true
  } catch (error) {
    if (error instanceof URIError) return false
    throw error
  }
}

function isSender(text: string): boolean {
  const [, name = '', address = text] = /^([^<>]*)<([^<>]*)>$/.exec(text) ?? []
  return parseAddress(address) !== null && !/[^\x20-\uffff]|[",;:@\x7f]/.test(name)
}
