import type { Destination } from '../../model/destination.ts';
import type { Notification } from '../../model/notification.ts';
import type { Row } from '../../route/column/column.ts';
import type { Clock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import { sentence } from '../../text/sentence.ts';
import { only } from '../lanes.ts';
import { RETRY_FOR_A_DAY } from '../retry-for-a-day.ts';
import { judgeAnswer } from './answer.ts';
import { causedByRun } from './loop.ts';
import { clientPayload, inputsOf } from './payload.ts';
import { repositoryDispatch, workflowDispatch } from './requests.ts';
import type { GithubDispatchSettings } from './settings.ts';

export interface GithubDispatchOptions {
  readonly name: string;
  readonly settings: GithubDispatchSettings;
  /** The inputs of a `workflow_dispatch`. Null: it is a `repository_dispatch`. */
  readonly inputs: { readonly names: readonly string[]; readonly row: Row } | null;
  readonly clock: Clock;
}

const TIMEOUT_MS = 10_000;
/** https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api: a second between writes. */
const INTERVAL_MS = 1_000;

/** A repository or workflow at GitHub, started once for every activity; never for what a run of its own caused. */
export function githubDispatchDestination({ name, settings, inputs, clock }: GithubDispatchOptions): Destination {
  const { repo, token, api_url: api, allow_loop: allowLoop } = settings;
  const outgoing = (notification: Notification) => {
    if (inputs === null) return repositoryDispatch(settings, clientPayload(name, notification));
    const values = inputsOf(name, notification, inputs);
    return values && workflowDispatch(settings, values);
  };
  return {
    name,
    type: 'github-dispatch',
    intervalMs: INTERVAL_MS,
    account: { rateKey: `${api} ${token.reveal()}`, intervalMs: INTERVAL_MS },
    concurrency: 1,
    digestOver: null,
    digestMax: 1,
    // GitHub knows no repetition. The workflow does, by its id.
    onUnknown: 'resend',
    retry: RETRY_FOR_A_DAY,
    ...(!allowLoop && { declines: ({ activity }) => causedByRun(activity, repo) }),
    describe: (message) => sentence(only(message).activity),
    preview: async (message) => {
      const { shownCode } = await import('../../text/shown/blocks.ts');
      const body: unknown = JSON.parse(String(outgoing(only(message))?.body ?? '{}'));
      const { workflow } = settings;
      return shownCode(body, { repo, ...(workflow !== undefined && { workflow }) });
    },
    send: async (message, { signal, departure }) => {
      const outbound = outgoing(only(message));
      if (outbound === null) {
        return {
          kind: 'rejected',
          reason: 'its inputs take too long to make: let their expressions ask less, then replay',
        };
      }
      const result = await request({ ...outbound, timeoutMs: TIMEOUT_MS, signal, departure });
      return judgeAnswer(result, settings, clock.now());
    },
    async [Symbol.asyncDispose]() {},
  };
}
