import { type Finding, warn } from './finding.ts';
import type { SourceHere } from './source-here.ts';

// What doctor says about an address, of several providers in the same words.

type Called = Pick<SourceHere<unknown>, 'name' | 'url'>;

/** Of a provider that signs the address it calls. `own`: as the source's settings say it, under `key`. */
export function signedAddress(
  { name, url }: Called,
  { title, own, key }: { readonly title: string; readonly own: string | null; readonly key: string | null },
): readonly Finding[] {
  if (own !== null || url !== null) return [];
  const detail = `${title} signs the address that it calls, and nobody said which one that is: all of it is refused`;
  return [
    warn(`address of ${name}`, detail, `Set PUBLIC_URL${key === null ? '' : `, or \`${key}:\` of this source`}.`),
  ];
}

/** Of a provider that sends `what` along: whoever listens on the way has it. */
export function openAddress({ name, url }: Called, what: string): readonly Finding[] {
  if (!url?.startsWith('http:')) return [];
  return [warn(`address of ${name}`, `${url}: ${what} passes there in clear text`, 'Have it called by https://.')];
}
