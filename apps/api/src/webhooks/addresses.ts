import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Where deliveries may go. `public-or-loopback`: a server that itself can be reached from its own machine only may also reach it. */
export type Reach = 'public' | 'public-or-loopback'

export type Address = { readonly address: string; readonly family: 4 | 6 }
export type AddressOutcome =
  | { readonly status: 'allowed'; readonly addresses: readonly Address[] }
  | { readonly status: 'refused'; readonly message: string }

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Networks that belong to nobody or to the operator (IANA special-purpose registries). A webhook is no way into them. */
const inner = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inner.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  inner.addSubnet(network, prefix, 'ipv6')

/**
 * The addresses of a host, if deliveries may go to all of them. The connection must be made to these and to no others: names may be
 * answered differently the next time. @throws what the resolver throws
 */
export async function allowedAddresses(host: string, reach: Reach): Promise<AddressOutcome> {
  const literal = host.replace(/^\[(.*)\]$/, '$1')
  const version = isIP(literal)
  const found: Address[] =
    version === 0
      ? (await lookup(literal, { all: true })).map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
      : [{ address: literal, family: version === 6 ? 6 : 4 }]
  const refused = found.find((address) => !isAllowed(address, reach))
  if (refused !== undefined)
    return {
      status: 'refused',
      message: `${host} is ${refused.address}, which is not a public address: webhooks don't reach into networks.`,
    }
  return { status: 'allowed', addresses: found }
}

/** Whether all of its addresses, as far as they can be told from the name alone, are this machine. */
export function isLoopbackName(host: string): boolean {
  const literal = host.replace(/^\[(.*)\]$/, '$1')
  return literal === 'localhost' || (isIP(literal) !== 0 && matches(loopback, { address: literal, family: isIP(literal) === 6 ? 6 : 4 }))
}

function isAllowed(address: Address, reach: Reach): boolean {
  return !matches(inner, address) || (reach === 'public-or-loopback' && matches(loopback, address))
}

/** An IPv4 address in IPv6 form (`::ffff:10.0.0.1`) is looked at as what it is. */
function matches(list: BlockList, { address, family }: Address): boolean {
  return list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
