import type { Inbox } from '../../../model/inbox.ts';
import type { PollReport, PollRequest } from '../../../model/polling.ts';
import type { Rule } from '../../../model/rule.ts';
import type { Source } from '../../../model/source.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Secret } from '../../../shared/secret.ts';
import { createPolling } from './poll.ts';
import { createAsk } from './poll-client.ts';
import { createQuestions } from './poll-questions.ts';
import { webhookFigures } from './poll-report.ts';

export interface PollSettings {
  readonly apiUrl: string;
  readonly token: Secret | null;
  readonly version: string;
  readonly inbox: Inbox;
  readonly source: Source;
  readonly rules: readonly Rule[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** `tidings poll`, without the worker. Resolves with the figures when stopped, or after one look. @throws PollError */
export async function poll(settings: PollSettings, request: PollRequest): Promise<PollReport> {
  const { inbox, source, rules, clock, signal, say, token, apiUrl } = settings;
  const { repo, once, report } = request;
  const ask = createAsk(settings);
  const questions = createQuestions({ repo, hasToken: token !== null, ask, clock, signal, once, say });
  const webUrl = webUrlOf(apiUrl);
  const polling = createPolling({ questions, inbox, source: source.name, rules, webUrl, clock, say }, request);
  const from = clock.now();

  async function figures(): Promise<PollReport> {
    const webhooks = await webhookFigures(inbox, source, repo, from);
    return { from, to: clock.now(), poll: polling.figures(), webhooks };
  }

  const stopReports =
    report === null ? () => undefined : every(report.everyMs, clock, async () => report.tell(await figures()));
  try {
    if (once) {
      await polling.look();
      await told(inbox, clock, signal);
    } else await Promise.race([polling.run(), inbox.failed.then((error) => Promise.reject(error))]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stopReports();
  }
  return figures();
}

const TELLING_MS = 60_000;

/** Resolves when nothing is left to tell, or after a minute: what a destination does not take now is told another time. */
async function told(inbox: Inbox, clock: Clock, signal: AbortSignal): Promise<void> {
  const deadline = clock.now() + TELLING_MS;
  while (!signal.aborted && clock.now() < deadline) {
    if ((await inbox.depths()).every(({ depth }) => depth === 0)) return;
    await new Promise<void>((resolve) => clock.after(50, resolve));
  }
}

/** `https://api.github.com` is GitHub's own; Enterprise Server has its API below its own address. */
function webUrlOf(apiUrl: string): string {
  return apiUrl === 'https://api.github.com' ? 'https://github.com' : apiUrl.replace(/\/api\/v3$/, '');
}

function every(ms: number, clock: Clock, work: () => Promise<void>): () => void {
  let cancel = clock.after(ms, tick);
  function tick(): void {
    // Safe to go on: a report that could not be made is made again the next time.
    work().catch(() => undefined);
    cancel = clock.after(ms, tick);
  }
  return () => cancel();
}
