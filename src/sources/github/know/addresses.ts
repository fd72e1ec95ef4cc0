import type { Address } from '../../../model/known/person.ts';
import { isObject, list, textOrNull } from '../../../shared/payload.ts';

/** A push may say two thousand commits. */
const MOST = 200;

/** Addresses that lead to nobody: GitHub's own, on Enterprise Server too. */
const NOBODYS = /^noreply@|@(?:users\.)?noreply\./;

/**
 * Whose addresses the commits of a push have. An author may write any address into a commit; `username` is GitHub's own finding, to
 * whose account it belongs, and stands there only where it found one.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
 */
export function addresses(type: string, payload: unknown): readonly Address[] {
  if (type !== 'push' || !isObject(payload)) return [];
  const commits = list(payload, 'commits').slice(0, MOST);
  const found = new Map<string, Address>();
  for (const commit of commits) {
    for (const role of ['author', 'committer']) {
      const login = textOrNull(commit, `${role}.username`);
      const email = textOrNull(commit, `${role}.email`)?.trim().toLowerCase() ?? '';
      if (login === null || !isAddress(email) || NOBODYS.test(email)) continue;
      found.set(`${login.toLowerCase()} ${email}`, { login, email });
    }
  }
  return [...found.values()];
}

function isAddress(text: string): boolean {
  return text.length <= 190 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
