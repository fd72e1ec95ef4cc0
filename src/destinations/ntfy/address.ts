import type { OutboundRequest } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import type { NtfySettings } from './settings.ts';

export const URL_VARIABLE = 'NTFY_URL';

const TOPIC = /^\/([-_A-Za-z0-9]{1,64})\/?$/;

/** What is wrong with the text as the address of a topic, as a predicate; the text is a secret and not repeated. */
export function topicProblem(text: string): string | undefined {
  const url = /\s/.test(text) ? null : URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    return 'is not the address of a topic, as in https://ntfy.sh/acme-x7f3qk.';
  }
  if (url.pathname === '/') return 'names no topic: give its whole address, as in https://ntfy.sh/acme-x7f3qk.';
  if (url.search !== '' || url.hash !== '') return 'has more than a topic in it: leave off what follows the topic.';
  if (TOPIC.test(url.pathname)) return undefined;
  return 'is not the address of a topic, whose name has 1 to 64 letters, digits, - and _, as in https://ntfy.sh/acme-x7f3qk.';
}

export interface Topic {
  readonly topic: string;
  /** Of the server, with a slash at the end. */
  readonly root: string;
}

export function topicAt(url: Secret): Topic {
  const { origin, pathname } = new URL(url.reveal());
  return { topic: TOPIC.exec(pathname)?.[1] ?? '', root: `${origin}/` };
}

export function headersFor({ token }: Pick<NtfySettings, 'token'>): NonNullable<OutboundRequest['headers']> {
  return token ? { authorization: `Bearer ${token.reveal()}` } : {};
}
