import { PollError } from '../../../model/polling.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Answer, Ask, Rate } from './poll-client.ts';
import { retryMs, unstatedMs } from './poll-pace.ts';
import { type Waiting, type Waits, waits } from './waits.ts';

export type Answered = Extract<Answer, { readonly kind: 'ok' | 'unchanged' }>;

export interface QuestionSettings extends Waiting {
  readonly repo: string;
  readonly hasToken: boolean;
  readonly ask: Ask;
}

/** Asks until there is an answer, and waits exactly as long as GitHub says. */
export interface Questions extends Pick<Waits, 'wait'> {
  /** Null: there is no such thing. Any other refusal is thrown. @throws PollError, or the signal's reason */
  get(path: string, etag: string | null): Promise<Answered | null>;
  readonly counted: { readonly requests: number; readonly unchanged: number };
  /** What the last answers said. */
  readonly known: { readonly rate: Rate | null; readonly pollIntervalMs: number | null };
}

export function createQuestions(settings: QuestionSettings): Questions {
  const { ask, clock, signal, once } = settings;
  const { wait, pauseFor } = waits(settings);
  const counted = { requests: 0, unchanged: 0 };
  const known: { rate: Rate | null; pollIntervalMs: number | null } = { rate: null, pollIntervalMs: null };

  async function get(path: string, etag: string | null): Promise<Answered | null> {
    for (let failures = 0; ; failures++) {
      await waitForRenewal();
      const answer = await ask(path, etag);
      signal.throwIfAborted();
      counted.requests++;
      note(answer);
      switch (answer.kind) {
        case 'ok':
          return answer;
        case 'unchanged':
          counted.unchanged++;
          return answer;
        case 'gone':
          return null;
        case 'refused':
          throw refusal(settings, answer.status, answer.message);
        case 'failed':
          if (once) throw new PollError('unreachable', `GitHub cannot be asked: ${answer.why}.`);
          await pauseFor(retryMs(failures), `GitHub cannot be asked: ${answer.why}`);
          break;
        case 'wait':
          // The answer itself says when; what was known before does not count any more.
          known.rate = null;
          await pauseFor(askedToWaitMs(answer, failures, clock), `GitHub asks us to wait (${answer.status})`);
          break;
      }
    }
  }

  function note(answer: Answer): void {
    if (answer.kind === 'failed') return;
    known.rate = answer.rate ?? known.rate;
    known.pollIntervalMs = answer.pollIntervalMs ?? known.pollIntervalMs;
  }

  /** Nothing is left: asking would only be refused. */
  async function waitForRenewal(): Promise<void> {
    const { rate } = known;
    if (rate === null || rate.remaining > 0 || rate.resetAt <= clock.now()) return;
    await pauseFor(rate.resetAt - clock.now(), `none of the ${rate.limit} requests an hour is left`);
  }

  return { get, wait, counted, known };
}

function askedToWaitMs({ until }: Extract<Answer, { readonly kind: 'wait' }>, failures: number, clock: Clock): number {
  if (until === null) return unstatedMs(failures);
  return Math.max(until - clock.now(), failures === 0 ? 0 : retryMs(failures));
}

function refusal({ repo, hasToken }: QuestionSettings, status: number, message: string): PollError {
  if (status === 401) {
    return new PollError('refused', 'GitHub does not accept this GITHUB_TOKEN (401): it is wrong, expired or revoked.');
  }
  const hint = hasToken ? 'Does the token have access to it?' : 'Set GITHUB_TOKEN.';
  return new PollError('refused', `GitHub refuses to tell about ${repo} (${status}): ${message} ${hint}`);
}
