import { isLoopbackName, type Reach } from './addresses.ts'

export type TargetOutcome = { readonly status: 'accepted'; readonly url: string } | { readonly status: 'refused'; readonly message: string }

const LONGEST_URL = 2_000

/** Whether a webhook may be set to this address, as far as that can be told without asking for it. `url`: as it is sent, in ASCII. */
export function acceptTarget(text: string, reach: Reach): TargetOutcome {
  const url = URL.parse(text)
  if (url === null || Math.max(text.length, url.href.length) > LONGEST_URL)
    return refused(`expected an address of at most ${LONGEST_URL} characters`)
  if (url.username !== '' || url.password !== '') return refused('expected an address without a user or password')
  if (url.hash !== '') return refused('expected an address without a fragment')
  const isHome = reach === 'public-or-loopback' && isLoopbackName(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isHome)) return { status: 'accepted', url: url.href }
  return refused(reach === 'public' ? 'expected an https:// address' : 'expected an https:// address, or http:// of this machine')
}

function refused(message: string): TargetOutcome {
  return { status: 'refused', message }
}
