import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { RecoverError, type RecoverRequest, type Recovery } from '../model/recovery.ts';
import type { Source } from '../model/source.ts';
import type { Clock } from '../shared/clock.ts';
import { outboundFetch } from '../shared/outbound.ts';
import type { Secret } from '../shared/secret.ts';
import { type RecoverInbox, recover } from './recover.ts';
import { createHooks, type GithubCalls } from './recover-hooks.ts';

export interface RecoverySettings {
  /** Null: nobody gave one. */
  readonly token: Secret | null;
  readonly apiUrl: string;
  readonly publicUrl: string | null;
  readonly sources: readonly Source[];
  readonly version: string;
  readonly clock: Clock;
}

export type RunRecovery = (inbox: RecoverInbox, request: RecoverRequest, signal: AbortSignal) => Promise<Recovery>;

/** `tidings recover`, ready to be run with an opened inbox. */
export function createRecovery({ token, apiUrl, publicUrl, sources, version, clock }: RecoverySettings): RunRecovery {
  const calls = token && createCalls(token, apiUrl, version);
  const byName = new Map(sources.map((source) => [source.name, source]));
  return async (inbox, request, signal) => {
    if (calls === null) {
      throw new RecoverError(
        'not_allowed',
        'GITHUB_TOKEN is not set: GitHub tells only its holder what a webhook delivered.',
      );
    }
    const hooks = createHooks(calls, request.owner);
    return recover({ hooks, inbox, sources: byName, publicUrl, clock, signal }, request);
  };
}

/** Longer waits than this are left to the next run. */
const LONGEST_WAIT_S = 60;

function createCalls(token: Secret, apiUrl: string, version: string): GithubCalls {
  const waits = (retryAfterS: number, _request: unknown, _octokit: unknown, tries: number) =>
    retryAfterS <= LONGEST_WAIT_S && tries < 2;
  const PacedOctokit = Octokit.plugin(throttling, retry);
  const octokit = new PacedOctokit({
    auth: token.reveal(),
    baseUrl: apiUrl,
    userAgent: `tidings/${version}`,
    request: { fetch: patientFetch },
    retry: { retries: 2 },
    throttle: { onRateLimit: waits, onSecondaryRateLimit: waits, ...(isGithubCom(apiUrl) ? {} : { write: AT_ONCE }) },
    log: SILENT,
  });
  return { request: (route, parameters) => octokit.request(route, parameters) };
}

/** github.com wants a second between writes, which the plugin keeps. Enterprise Server, on a machine of one's own, does not. */
function isGithubCom(apiUrl: string): boolean {
  return /^(?:api\.github\.com|.*\.ghe\.com)$/.test(new URL(apiUrl).hostname);
}

type Throttle = NonNullable<NonNullable<ConstructorParameters<typeof Octokit>[0]>['throttle']>;
const AT_ONCE = {
  key: () => ({ schedule: (_options: unknown, work: () => Promise<unknown>) => work() }),
} as unknown as NonNullable<Throttle['write']>;

const PATIENCE_MS = 30_000;
const patientFetch: typeof outboundFetch = (input, init) =>
  outboundFetch(input, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });

const silent = () => undefined;
const SILENT = { debug: silent, info: silent, warn: silent, error: silent };
