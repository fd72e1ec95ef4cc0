import type { Answer } from '../../../model/inquiry.ts';
import type { Clock } from '../../../shared/clock.ts';
import { GithubError, limitedFor } from './client.ts';

/** `owner/name`, and no step up: it becomes part of an address. */
const REPOSITORY = /^[\w-][\w.-]*\/(?!\.{1,2}$)[\w.-]+$/;

export function isRepository(name: string): boolean {
  return REPOSITORY.test(name);
}

interface Bounds {
  readonly clock: Clock;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/** An answer, or why there is none in time. What is late ends by itself, unheard. Never rejects. */
export function answerWithin<T>({ clock, patienceMs, signal }: Bounds, ask: () => Promise<T>): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const late = (): void => resolve({ ok: false, reason: 'GitHub did not answer in time', mayPass: true });
    if (signal.aborted) return late();
    const cancel = clock.after(patienceMs, late);
    signal.addEventListener('abort', late, { once: true });
    const answered = ask().then((value): Answer<T> => ({ ok: true, value }), refused);
    void answered.then((answer) => {
      cancel();
      signal.removeEventListener('abort', late);
      resolve(answer);
    });
  });
}

function refused(error: unknown): Answer<never> {
  if (!(error instanceof GithubError)) return { ok: false, reason: String(error), mayPass: false };
  const { status, message } = error;
  const mayPass = status === null || status >= 500 || limitedFor(error, 0) !== null;
  return { ok: false, reason: status === null ? message : `GitHub answered ${status}: ${message}`, mayPass };
}
