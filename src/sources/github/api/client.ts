import type { Clock } from '../../../shared/clock.ts';
import { outboundFetch } from '../../../shared/outbound.ts';
import { type Payload, textOrNull } from '../../../shared/payload.ts';
import type { Secret } from '../../../shared/secret.ts';
import { redact } from '../../../shared/secrets/redact.ts';
import { onePerSecond } from './write-pace.ts';

export interface GithubAnswer {
  /** The parsed JSON; null where there is no body. */
  readonly data: unknown;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What is needed of a GitHub client: it paces, tries again, and throws GithubError for what is not 2xx. */
export interface GithubCalls {
  /** `GET /repos/acme/api/hooks`: parameters go into the query of a GET, into the JSON body of anything else. */
  request(route: string, parameters?: Readonly<Record<string, unknown>>): Promise<GithubAnswer>;
}

export interface ClientSettings {
  /** Without a trailing slash. */
  readonly apiUrl: string;
  readonly token: Secret;
  readonly version: string;
  readonly clock: Clock;
}

/** GitHub said no, or nothing. `message` is GitHub's, or why no answer came. */
export class GithubError extends Error {
  override readonly name = 'GithubError';
  /** Null: no answer came. */
  readonly status: number | null;
  /** GitHub's `errors[]` in its words: `Hook already exists on this repository`. */
  readonly errors: readonly string[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number | null,
    message: string,
    details: Partial<Pick<GithubError, 'errors' | 'headers' | 'cause'>>,
  ) {
    super(message, { cause: details.cause });
    this.status = status;
    this.errors = details.errors ?? [];
    this.headers = details.headers ?? {};
  }
}

const PATIENCE_MS = 30_000;
/** Before the second and the third try. */
const BACKOFF_MS = [1_000, 4_000] as const;
/** Longer waits for a rate limit are left to the caller, and so is a third. */
const LONGEST_WAIT_MS = 60_000;
const MOST_WAITS = 2;
/** A POST that does the same twice harms nobody: what GitHub sends again has its old id, a second ping is a ping. */
const REPEATABLE_POST = /\/(?:attempts|pings)$/;

/** https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api */
export function githubHeaders(token: Secret | null, version: string): Record<string, string> {
  return {
    accept: 'application/vnd.github+json',
    'user-agent': `tidings/${version}`,
    'x-github-api-version': '2022-11-28',
    ...(token === null ? {} : { authorization: `Bearer ${token.reveal()}` }),
  };
}

/** `once`: what is refused or not answered is told at once, not tried again. */
export function createCalls(
  { apiUrl, token, version, clock }: ClientSettings,
  tries: 'patiently' | 'once' = 'patiently',
): GithubCalls {
  const headers = githubHeaders(token, version);
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const paced = isGithubCom(apiUrl) ? onePerSecond(clock, wait) : <T>(work: () => Promise<T>) => work();

  async function once(method: string, path: string, parameters: Payload | undefined): Promise<GithubAnswer> {
    const { url, body } = addressed(method, `${apiUrl}${path}`, parameters);
    const response = await outboundFetch(url, {
      method,
      headers: body === null ? headers : { ...headers, 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(neverAnswered);
    const text = await response.text().catch(neverAnswered);
    const answer = { data: parsed(text) ?? null, headers: Object.fromEntries(response.headers) };
    if (response.ok) return answer;
    throw new GithubError(response.status, messageOf(text), { errors: errorsOf(answer.data), headers: answer.headers });
  }

  async function patiently(method: string, path: string, parameters: Payload | undefined): Promise<GithubAnswer> {
    for (let failures = 0, waits = 0; ; ) {
      try {
        return await once(method, path, parameters);
      } catch (error) {
        if (!(error instanceof GithubError)) throw error;
        const limitMs = limitedFor(error, clock.now());
        if (limitMs !== null) {
          if (limitMs > LONGEST_WAIT_MS || waits++ === MOST_WAITS) throw error;
          await wait(limitMs);
          continue;
        }
        const backoffMs = mayPass(error) && isRepeatable(method, path) ? BACKOFF_MS[failures++] : undefined;
        if (backoffMs === undefined) throw error;
        await wait(backoffMs);
      }
    }
  }

  return {
    async request(route, parameters) {
      const [method = '', path = ''] = route.split(' ');
      const work = () => (tries === 'once' ? once : patiently)(method, path, parameters);
      return method === 'GET' ? work() : paced(work);
    },
  };
}

/**
 * All pages of a list, while `goesOn` says so. `<https://…/deliveries?per_page=100&cursor=v1_17>; rel="next"`,
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export async function readPages(
  read: (parameters: Payload) => Promise<GithubAnswer>,
  goesOn: (page: readonly unknown[]) => boolean,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (let parameters: Payload | null = { per_page: 100 }; parameters !== null; ) {
    const { data, headers } = await read(parameters);
    const page: readonly unknown[] = Array.isArray(data) ? data : [];
    all.push(...page);
    const next = /<([^>]+)>;\s*rel="next"/.exec(headers['link'] ?? '')?.[1];
    const query = next === undefined || !goesOn(page) ? null : URL.parse(next)?.searchParams;
    parameters = query ? Object.fromEntries(query) : null;
  }
  return all;
}

/**
 * How long GitHub wants to be left alone, ms. Null: this is about something else.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api: in this order.
 */
export function limitedFor({ status, message, headers }: GithubError, now: number): number | null {
  if (status !== 403 && status !== 429) return null;
  const retryAfter = wholeOrNull(headers['retry-after']);
  if (retryAfter !== null) return retryAfter * 1000;
  const reset = wholeOrNull(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && reset !== null) return Math.max(1_000, reset * 1000 - now);
  return status === 429 || /rate limit/i.test(message) ? LONGEST_WAIT_MS : null;
}

export function wholeOrNull(text: string | null | undefined): number | null {
  return text && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/** GitHub's own `message`, or the beginning of whatever answered. */
export function messageOf(text: string): string {
  return redact(textOrNull(parsed(text), 'message') ?? text)
    .replaceAll(/\s+/g, ' ')
    .slice(0, 200);
}

/** Undefined: it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function addressed(method: string, address: string, parameters: Payload | undefined) {
  if (parameters === undefined) return { url: address, body: null };
  if (method !== 'GET') return { url: address, body: JSON.stringify(parameters) };
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value));
  return { url, body: null };
}

function neverAnswered(error: unknown): never {
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new GithubError(null, isLate ? `no answer within ${PATIENCE_MS / 1000} s` : why, { cause: error });
}

function mayPass({ status }: GithubError): boolean {
  return status === null || status >= 500;
}

function isRepeatable(method: string, path: string): boolean {
  return method !== 'POST' || REPEATABLE_POST.test(path);
}

function errorsOf(data: unknown): readonly string[] {
  const errors = typeof data === 'object' && data !== null && 'errors' in data ? data.errors : [];
  if (!Array.isArray(errors)) return [];
  return errors.map((each: unknown) =>
    typeof each === 'string' ? each : (textOrNull(each, 'message') ?? JSON.stringify(each)),
  );
}

/** github.com wants a second between writes. Enterprise Server, on a machine of one's own, does not. */
function isGithubCom(apiUrl: string): boolean {
  return /^(?:api\.github\.com|.*\.ghe\.com)$/.test(new URL(apiUrl).hostname);
}
