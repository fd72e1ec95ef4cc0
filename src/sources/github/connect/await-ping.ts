import type { Archive } from '../../../model/inbox/archive.ts';
import type { EventSummary } from '../../../model/inbox/records.ts';
import { ConnectError } from '../../../model/plugin/connect.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { isAnswered } from '../hooks/hook-faults.ts';
import type { Webhook } from '../hooks/webhooks.ts';
import { causeOf, pingError } from './ping-cause.ts';
import { commandFor, type OpenSetup, type Setup } from './setup.ts';

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
 * @throws ConnectError when it failed, or nothing came
 */
export async function awaitPing(setup: OpenSetup, awaited: AwaitedPing): Promise<void> {
  const { talk } = setup;
  const { hook, since, waitS } = awaited;
  const { clock } = talk;
  const isOurs = ({ deliveryId }: EventSummary) => deliveryId.startsWith(`${hook.id}:`);
  const deadline = clock.now() + waitS * 1000;
  talk.say(`Waiting for GitHub's ping, ${waitS} s at most.`);
  await using reader = pingReader(setup, since);
  let answeredAt: number | null = null;
  for (let askAt = clock.now() + ASK_MS; clock.now() < deadline; await pause(talk)) {
    const event = await reader.find(isOurs);
    if (event !== null) return arrived(setup, event);
    if (answeredAt !== null && clock.now() > answeredAt + STORED_BY_MS) return storedElsewhere(setup, hook);
    if (clock.now() < askAt) continue;
    askAt = clock.now() + ASK_MS;
    if (answeredAt === null && (await isAnsweredWell(setup, awaited))) answeredAt = clock.now();
  }
  if (answeredAt !== null) return storedElsewhere(setup, hook);
  throw new ConnectError(
    'unreachable',
    `No ping within ${waitS} s, and GitHub has recorded none yet. The webhook is there: look again with ${commandFor(setup, '--check')}`,
  );
}

/** The same where a person makes the webhook: nothing is known of it. */
export async function awaitAnyPing(setup: Setup, waitS: number): Promise<void> {
  const { talk } = setup;
  const { clock } = talk;
  const since = clock.now();
  talk.say(`Waiting for GitHub's ping, ${waitS} s at most. Ctrl-C ends it, and harms nothing.`);
  await using reader = pingReader(setup, since);
  for (const deadline = since + waitS * 1000; clock.now() < deadline; await pause(talk)) {
    const event = await reader.find(() => true);
    if (event !== null) return arrived(setup, event);
  }
  throw new ConnectError(
    'unreachable',
    `No ping within ${waitS} s. At GitHub, the webhook's "Recent Deliveries" shows what came of it; the log here says why one was refused.`,
  );
}

/** @throws ConnectError when the newest ping failed */
async function isAnsweredWell(setup: OpenSetup, { hook, before }: AwaitedPing): Promise<boolean> {
  const { webhooks, source } = setup;
  const tries = await webhooks.tries(hook.id);
  const ping = tries.find(({ guid, type }) => type === 'ping' && !before.has(guid));
  if (ping === undefined) return false;
  if (isAnswered(ping)) return true;
  const receiver = { url: hook.url, secretFrom: source.secretFrom, update: commandFor(setup, '--update') };
  throw pingError(ping, causeOf(ping, await webhooks.answer(hook.id, ping.id), receiver));
}

function arrived({ talk }: Setup, { id }: EventSummary): void {
  talk.say(`${talk.err.green('ok')}     the ping arrived as event ${id}, signature OK`);
}

function storedElsewhere({ talk, source }: Setup, hook: Webhook): void {
  const why = source.hasDatabase() ? 'it is not in the database here' : 'no database is here';
  talk.say(`${talk.err.green('ok')}     ${hook.url} accepted the ping, by GitHub's record`);
  talk.say(`       (${why}: another machine or DATA_DIR keeps its events)`);
}

interface PingReader extends AsyncDisposable {
  find(isOurs: (event: EventSummary) => boolean): Promise<EventSummary | null>;
}

/** The database is opened once it is there: the server may be started meanwhile. */
function pingReader({ source }: Setup, since: number): PingReader {
  let archive: (Archive & AsyncDisposable) | null = null;
  return {
    async find(isOurs) {
      if (archive === null && !source.hasDatabase()) return null;
      // A server that makes it at this moment: asked again at the next look.
      archive ??= await source.openArchive().catch(() => null);
      if (archive === null) return null;
      const pings = await archive.list({ type: 'ping', since, limit: 20 });
      return pings.find((event) => event.source === source.name && isOurs(event)) ?? null;
    },
    async [Symbol.asyncDispose]() {
      await archive?.[Symbol.asyncDispose]();
    },
  };
}

/** @throws ConnectError */
function pause(talk: Talk): Promise<void> {
  return talk.wait(LOOK_MS, 'Interrupted. The webhook stays as it is.');
}
