import { type LookupAddress, lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** An address that is not of the public internet was about to be called. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/**
 * Special-purpose addresses of the registries of IANA: everything that is nobody's on the public internet. A list for
 * each family, because a rule for `::/3` would hold for all of IPv4, which is written in it too.
 */
const special = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, prefix] of [
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
  ['224.0.0.0', 3],
] as const) {
  special.ipv4.addSubnet(net, prefix, 'ipv4');
}
// Of IPv6 only 2000::/3 is given out, and in it these are not: among them the tunnels, which hide an IPv4 address.
for (const [net, prefix] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special.ipv6.addSubnet(net, prefix, 'ipv6');
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an IP address may be called: one of the public internet, and in development this machine. */
export function mayCall(address: string, isDevelopment: boolean): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  // One with a zone is of a link, not of the internet.
  if (isIP(address) === 0 || address.includes('%')) return false;
  return (
    !special[family].check(address, family) || (isDevelopment && loopback.check(address, family))
  );
}

type Resolve = (
  hostname: string,
  options: Readonly<{ all: true }>,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Looks a name up for a connection, and hands over what may be called of its addresses. The connection is made to what
 * was looked at here, so a name that changes its mind meanwhile gains nothing.
 */
export const guardedLookup =
  (isDevelopment: boolean, lookUp: Resolve = resolve): LookupFunction =>
  (hostname, options, callback) => {
    lookUp(hostname, { all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const [first, ...more] = addresses.filter(({ address }) => mayCall(address, isDevelopment));
      if (first === undefined) return callback(new AddressRefused('not a public address'), []);
      if (options.all === true) return callback(null, [first, ...more]);
      callback(null, first.address, first.family);
    });
  };

/** Throws AddressRefused for an address given as a number, for which nobody looks a name up. */
export function checkLiteral({ hostname }: URL, isDevelopment: boolean): void {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0 && !mayCall(bare, isDevelopment)) {
    throw new AddressRefused('not a public address');
  }
}
