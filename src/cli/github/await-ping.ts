import { setTimeout } from 'node:timers/promises';
import type { Archive } from '../../model/inbox/archive.ts';
import type { EventSummary } from '../../model/inbox/records.ts';
import type { Webhook } from '../../model/webhooks.ts';
import { isAnswered } from '../../sources/github/hook-faults.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { isDatabaseMissing } from '../doctor/check-storage.ts';
import { secretWords } from '../place-words.ts';
import { causeOf, pingError } from './ping-cause.ts';
import { commandFor, type Desk, type Setup } from './setup.ts';

const LOOK_MS = 250;
/** Between two questions to GitHub. */
const ASK_MS = 1_500;
/** What GitHub saw answered is in the database by then, where it is this one. */
const STORED_BY_MS = 1_500;

export interface AwaitedPing {
  readonly hook: Webhook;
  /** Guids of what GitHub had recorded before the ping was caused. */
  readonly before: ReadonlySet<string>;
  /** ms since 1970, here. */
  readonly since: number;
  readonly waitS: number;
}

/**
 * Looks into the own database for the ping, and at what GitHub recorded of it.
 * @throws CliError when it failed (1), or nothing came (4)
 */
export async function awaitPing(desk: Desk, awaited: AwaitedPing): Promise<void> {
  const { context } = desk;
  const { hook, since, waitS } = awaited;
  const { clock } = context.app;
  const isOurs = ({ deliveryId }: EventSummary) => deliveryId.startsWith(`${hook.id}:`);
  const deadline = clock.now() + waitS * 1000;
  context.say(`Waiting for GitHub's ping, ${waitS} s at most.`);
  await using reader = pingReader(desk, since);
  let answeredAt: number | null = null;
  for (let askAt = clock.now() + ASK_MS; clock.now() < deadline; await pause(context.io.stop)) {
    const event = await reader.find(isOurs);
    if (event !== null) return arrived(desk, event);
    if (answeredAt !== null && clock.now() > answeredAt + STORED_BY_MS) return storedElsewhere(desk, hook);
    if (clock.now() < askAt) continue;
    askAt = clock.now() + ASK_MS;
    if (answeredAt === null && (await isAnsweredWell(desk, awaited))) answeredAt = clock.now();
  }
  if (answeredAt !== null) return storedElsewhere(desk, hook);
  throw new CliError(
    EXIT.unreachable,
    `No ping within ${waitS} s, and GitHub has recorded none yet. The webhook is there: look again with ${commandFor(desk, '--check')}`,
  );
}

/** The same where a person makes the webhook: nothing is known of it. */
export async function awaitAnyPing(setup: Setup, waitS: number): Promise<void> {
  const { context } = setup;
  const { clock } = context.app;
  const since = clock.now();
  context.say(`Waiting for GitHub's ping, ${waitS} s at most. Ctrl-C ends it, and harms nothing.`);
  await using reader = pingReader(setup, since);
  for (const deadline = since + waitS * 1000; clock.now() < deadline; await pause(context.io.stop)) {
    const event = await reader.find(() => true);
    if (event !== null) return arrived(setup, event);
  }
  throw new CliError(
    EXIT.unreachable,
    `No ping within ${waitS} s. At GitHub, the webhook's "Recent Deliveries" shows what came of it; the log here says why one was refused.`,
  );
}

/** @throws CliError when the newest ping failed */
async function isAnsweredWell(desk: Desk, { hook, before }: AwaitedPing): Promise<boolean> {
  const { webhooks, source } = desk;
  const tries = await webhooks.tries(hook.id);
  const ping = tries.find(({ guid, type }) => type === 'ping' && !before.has(guid));
  if (ping === undefined) return false;
  if (isAnswered(ping)) return true;
  const receiver = { url: hook.url, secretFrom: secretWords(source), update: commandFor(desk, '--update') };
  throw pingError(ping, causeOf(ping, await webhooks.answer(hook.id, ping.id), receiver));
}

function arrived({ context }: Setup, { id }: EventSummary): void {
  context.say(`${context.err.green('ok')}     the ping arrived as event ${id}, signature OK`);
}

function storedElsewhere({ context, app }: Setup, hook: Webhook): void {
  const why = isDatabaseMissing(app.config) ? 'no database is here' : 'it is not in the database here';
  context.say(`${context.err.green('ok')}     ${hook.url} accepted the ping, by GitHub's record`);
  context.say(`       (${why}: another machine or DATA_DIR keeps its events)`);
}

interface PingReader extends AsyncDisposable {
  find(isOurs: (event: EventSummary) => boolean): Promise<EventSummary | null>;
}

/** The database is opened once it is there: the server may be started meanwhile. */
function pingReader({ app, source }: Setup, since: number): PingReader {
  let archive: (Archive & AsyncDisposable) | null = null;
  return {
    async find(isOurs) {
      if (archive === null && isDatabaseMissing(app.config)) return null;
      // A server that makes it at this moment: asked again at the next look.
      archive ??= await app.openArchive({ readOnly: true }).catch(() => null);
      if (archive === null) return null;
      const pings = await archive.list({ type: 'ping', since, limit: 20 });
      return pings.find((event) => event.source === source.name && isOurs(event)) ?? null;
    },
    async [Symbol.asyncDispose]() {
      await archive?.[Symbol.asyncDispose]();
    },
  };
}

/** @throws CliError, exit code 130 */
async function pause(stop: AbortSignal): Promise<void> {
  await setTimeout(LOOK_MS, undefined, { signal: stop }).catch(() => {
    throw new CliError(EXIT.interrupted, 'Interrupted. The webhook stays as it is.');
  });
}
