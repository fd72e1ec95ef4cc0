import { PollError } from '../../../model/polling.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Answer, Ask, Rate } from './poll-client.ts';
import { retryMs, unstatedMs } from './poll-pace.ts';

export type Answered = Extract<Answer, { readonly kind: 'ok' | 'unchanged' }>;

export interface QuestionSettings {
  readonly repo: string;
  readonly hasToken: boolean;
  readonly ask: Ask;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Give up when GitHub cannot be reached or wants us to wait, instead of waiting. */
  readonly once: boolean;
  say(line: string): void;
}

/** Asks until there is an answer, and waits exactly as long as GitHub says. */
export interface Questions {
  /** Null: there is no such thing. Any other refusal is thrown. @throws PollError, or the signal's reason */
  get(path: string, etag: string | null): Promise<Answered | null>;
  /** @throws the signal's reason */
  wait(ms: number): Promise<void>;
  readonly counted: { readonly requests: number; readonly unchanged: number };
  readonly rate: Rate | null;
  readonly pollIntervalMs: number | null;
}

export function createQuestions({ repo, hasToken, ask, clock, signal, once, say }: QuestionSettings): Questions {
  const counted = { requests: 0, unchanged: 0 };
  let rate: Rate | null = null;
  let pollIntervalMs: number | null = null;

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
          throw refusal(answer.status, answer.message);
        case 'failed':
          if (once) throw new PollError('unreachable', `GitHub cannot be asked: ${answer.why}.`);
          await pauseFor(retryMs(failures), `GitHub cannot be asked: ${answer.why}`);
          break;
        case 'wait':
          await obey(answer, failures);
          break;
      }
    }
  }

  function note(answer: Answer): void {
    if (answer.kind === 'failed') return;
    rate = answer.rate ?? rate;
    pollIntervalMs = answer.pollIntervalMs ?? pollIntervalMs;
  }

  /** Nothing is left: asking would only be refused. */
  async function waitForRenewal(): Promise<void> {
    if (rate === null || rate.remaining > 0 || rate.resetAt <= clock.now()) return;
    await pauseFor(rate.resetAt - clock.now(), `none of the ${rate.limit} requests an hour is left`);
  }

  async function obey({ until, status }: Extract<Answer, { readonly kind: 'wait' }>, failures: number): Promise<void> {
    // The answer itself says when; what was known before does not count any more.
    rate = null;
    const ms =
      until === null ? unstatedMs(failures) : Math.max(until - clock.now(), failures === 0 ? 0 : retryMs(failures));
    await pauseFor(ms, `GitHub asks us to wait (${status})`);
  }

  async function pauseFor(ms: number, why: string): Promise<void> {
    const at = new Date(clock.now() + ms).toISOString();
    if (once) throw new PollError('unreachable', `Not now: ${why}. Again after ${at}.`);
    say(`${sentence(why)}: asking again in ${seconds(ms)}, at ${at}.`);
    await wait(ms);
  }

  function wait(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        cancel();
        reject(signal.reason);
      };
      const cancel = clock.after(ms, () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  }

  function refusal(status: number, message: string): PollError {
    if (status === 401) {
      return new PollError(
        'refused',
        'GitHub does not accept this GITHUB_TOKEN (401): it is wrong, expired or revoked.',
      );
    }
    const hint = hasToken ? 'Does the token have access to it?' : 'Set GITHUB_TOKEN.';
    return new PollError('refused', `GitHub refuses to tell about ${repo} (${status}): ${message} ${hint}`);
  }

  return {
    get,
    wait,
    counted,
    get rate() {
      return rate;
    },
    get pollIntervalMs() {
      return pollIntervalMs;
    },
  };
}

export function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000).toLocaleString('en-US')} s`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
