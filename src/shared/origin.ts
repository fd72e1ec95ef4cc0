import { redact } from './secrets/redact.ts';
import { isKey } from './secrets/secret-forms.ts';
import { MASK } from './secrets/secret-shapes.ts';

/** Where an address goes, and no more of it: in path and query stands what opens it. */
export function originOf(url: string): string {
  const origin = URL.parse(url)?.origin;
  return origin === undefined ? 'an address that cannot be read' : redact(origin);
}

/** An address that somebody typed, for them to recognise: without its query, and without what of its path is a key. */
export function recognisable(url: string): string {
  const { pathname = '', search = '' } = URL.parse(url) ?? {};
  const path = pathname.split('/').map((part) => (isKey(part) ? MASK : part));
  return redact(originOf(url) + path.join('/') + (search && `?${MASK}`));
}
