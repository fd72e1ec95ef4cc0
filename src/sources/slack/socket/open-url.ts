import { request } from '../../../shared/outbound.ts';
import { bodyOrNull } from '../../../shared/payload.ts';
import { Secret } from '../../../shared/secret.ts';

/**
 * url      to be used once, and soon
 * later    Slack is busy, ill or away
 * stopped  Slack says no until somebody does something. Reasons are for people, and hold no secrets.
 */
export type Asked =
  | { readonly kind: 'url'; readonly url: Secret }
  | { readonly kind: 'later'; readonly reason: string; readonly retryAfterMs: number | null }
  | { readonly kind: 'stopped'; readonly reason: string };

export interface SocketSettings {
  readonly token: Secret;
  /** `https://slack.com/api` */
  readonly apiUrl: string;
}

const TIMEOUT_MS = 10_000;

/** Slack's own troubles: https://docs.slack.dev/reference/methods/apps.connections.open#errors */
const PASSING = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'ratelimited']);

const TOKEN_GONE = 'the app-level token is not valid (any more): make one at Slack, and set it here';
const SWITCHED_OFF = 'Socket Mode is switched off for the app at Slack: switch it on, or receive by HTTP';

/** What to do about Slack's no. */
const ADVICE: Readonly<Record<string, string>> = {
  invalid_auth: TOKEN_GONE,
  not_authed: TOKEN_GONE,
  token_revoked: TOKEN_GONE,
  token_expired: TOKEN_GONE,
  account_inactive: 'the app was removed from its workspace: install it again',
  not_allowed_token_type: 'it is no app-level token: those begin with xapp-',
  missing_scope: 'the app-level token lacks the scope connections:write: make one that has it',
  access_denied: SWITCHED_OFF,
  link_disabled: SWITCHED_OFF,
  too_many_websockets: 'ten connections of this app are open already, which is all that Slack allows: end some',
};

/** `code (what to do about it)` */
export function refusalWords(code: string): string {
  const shown = code.replace(/[^\w.-]/g, '').slice(0, 60) || 'no reason';
  const advice = Object.hasOwn(ADVICE, shown) ? `: ${ADVICE[shown]}` : '';
  return `Slack says ${shown}${advice}`;
}

/** Asks for the address of one connection. https://docs.slack.dev/reference/methods/apps.connections.open */
export async function askForUrl({ token, apiUrl }: SocketSettings, signal: AbortSignal): Promise<Asked> {
  const result = await request({
    method: 'POST',
    url: `${apiUrl}/apps.connections.open`,
    headers: {
      authorization: `Bearer ${token.reveal()}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  const later = (reason: string, retryAfterMs: number | null = null) =>
    ({ kind: 'later', reason, retryAfterMs }) as const;
  if (result.kind !== 'answered') return later(`Slack is not reached (${result.reason})`);
  const { status, headers, text } = result;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  if (status === 429) return later('Slack asks to slow down', seconds > 0 ? seconds * 1000 : null);
  const said = bodyOrNull(Buffer.from(text));
  const { ok, url, error } = said ?? {};
  if (ok === true && typeof url === 'string') {
    const problem = hostProblem(url, apiUrl);
    return problem === null ? { kind: 'url', url: new Secret(url) } : { kind: 'stopped', reason: problem };
  }
  if (ok !== false || typeof error !== 'string') return later(`Slack answered ${status}, and not as it does`);
  return PASSING.has(error)
    ? later(`Slack has a problem (${error})`)
    : { kind: 'stopped', reason: refusalWords(error) };
}

const SLACK_HOST = /(?:^|\.)slack(?:-gov)?\.com$/;

/** Whoever answers in Slack's place must not send us elsewhere. */
function hostProblem(text: string, apiUrl: string): string | null {
  const host = URL.parse(text)?.hostname ?? '';
  if (SLACK_HOST.test(host) || host === URL.parse(apiUrl)?.hostname) return null;
  return `the connection was to lead to ${host.slice(0, 100) || 'nowhere'}, which is not Slack's: check SLACK_API_URL`;
}
