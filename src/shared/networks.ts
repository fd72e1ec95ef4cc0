import { BlockList, isIP } from 'node:net';

/** Names of networks, as Express calls them in `trust proxy`. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** What is wrong with an entry, as a predicate: an address, a network (`10.0.0.0/8`) or one of the names. Null: nothing. */
export function networkProblem(entry: string): string | null {
  if (Object.hasOwn(NAMED, entry)) return null;
  const { address, prefix, most } = partsOf(entry);
  if (most === 0) {
    return `is no address: give one, such as 10.0.0.1 or 10.0.0.0/8, or ${Object.keys(NAMED).join(', ')}. Names of hosts are not looked up.`;
  }
  if (prefix === 0) return 'is everybody: name the proxies alone, or what they say is what anybody says.';
  return prefix > most ? `is no network: behind ${address}/ goes a number from 1 to ${most}.` : null;
}

/** Whether an address is in one of them. What is no address never is. @throws Error for an entry that has a problem */
export function within(entries: readonly string[]): (address: string) => boolean {
  if (entries.length === 0) return () => false;
  const list = new BlockList();
  for (const entry of entries.flatMap((each) => (Object.hasOwn(NAMED, each) ? (NAMED[each] ?? []) : each))) {
    const { address, prefix, most } = partsOf(entry);
    const problem = networkProblem(entry);
    if (problem !== null) throw new Error(`"${entry}" ${problem}`);
    list.addSubnet(address, prefix, most === 32 ? 'ipv4' : 'ipv6');
  }
  return (given) => {
    // The zone of a link-local address is this machine's own business.
    const address = given.replace(/%.*$/s, '');
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
  };
}

/** `most`: the bits of its addresses; 0 where it is none. */
function partsOf(entry: string): { readonly address: string; readonly prefix: number; readonly most: number } {
  const [address = '', bits, ...more] = entry.split('/');
  const version = more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits)) ? 0 : isIP(address);
  const most = version === 0 || address.includes('%') ? 0 : version === 4 ? 32 : 128;
  return { address, prefix: bits === undefined ? most : Number(bits), most };
}
