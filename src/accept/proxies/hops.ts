import type { Headers } from '../../model/headers.ts';

/** What stands in the headers of proxies, in the order in which they wrote it: the last by who connected to us. */
export interface Hops {
  readonly for: readonly string[];
  readonly proto: readonly string[];
  readonly host: readonly string[];
  readonly port: readonly string[];
}

/** `broken`: it is there, and cannot be read. */
type Found = Hops | 'absent' | 'broken';

/** `X-Forwarded-…`, a header for each. */
export function hopsByNames(headers: Headers): Found {
  const said = ['for', 'proto', 'host', 'port'].map((name) => listIn(headers[`x-forwarded-${name}`]));
  const [by = [], proto = [], host = [], port = []] = said;
  if ([by, proto, host].every((list) => list.length === 0)) return 'absent';
  return { for: by, proto, host, port };
}

function listIn(value: string | undefined): readonly string[] {
  return value === undefined ? [] : value.split(',').map((each) => each.trim());
}

/** A name, a value in quotes or without, and what follows: https://www.rfc-editor.org/rfc/rfc7239#section-4 */
const PAIR = /[ \t]*([\w!#$%&'*+.^`|~-]+)=("(?:[^"\\]|\\.)*"|[^\s;,"]+)[ \t]*(;|,|$)/y;

/** `Forwarded`, in which every proxy is an element. */
export function hopsByForwarded({ forwarded }: Headers): Found {
  if (forwarded === undefined) return 'absent';
  const elements = elementsIn(forwarded);
  if (elements === null) return 'broken';
  const said = (name: string) => elements.map((element) => element.get(name) ?? '');
  const host = said('host');
  // Of a proxy that does not say it, the request's own counts.
  return { for: said('for'), proto: said('proto'), host: host.every((each) => each === '') ? [] : host, port: [] };
}

function elementsIn(text: string): readonly ReadonlyMap<string, string>[] | null {
  const elements = [new Map<string, string>()];
  for (let at = 0; at < text.length; at = PAIR.lastIndex) {
    PAIR.lastIndex = at;
    const [, name = '', value = '', end] = PAIR.exec(text) ?? [];
    const element = elements.at(-1);
    if (name === '' || element === undefined || element.has(name.toLowerCase())) return null;
    element.set(name.toLowerCase(), value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value);
    if (end === ',') elements.push(new Map());
  }
  return elements.at(-1)?.size === 0 ? null : elements;
}
