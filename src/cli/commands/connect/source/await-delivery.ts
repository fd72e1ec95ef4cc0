import type { Config } from '../../../../config/config.ts';
import { ConnectError } from '../../../../model/plugin/connect.ts';
import type { Setup } from '../../../../model/plugin/setup.ts';
import type { Talk } from '../../../../model/plugin/talk.ts';
import { GREETING, parseTally, TALLY, type TurnedAway, turnedAway } from '../../../../model/turned-away.ts';
import { hasDatabase, type OpenedArchive } from '../../../../run/database.ts';
import { plural } from '../../../../shared/time-words.ts';
import { type Context, readConfig } from '../../../context.ts';
import { oneLine } from '../../../table.ts';
import { kindOf } from '../../../words/event-words.ts';
import { stepWords } from '../../../words/step-words.ts';
import { createReceiverWatch } from './receiver-watch.ts';

const LOOK_MS = 400;
const INTERRUPTED = 'Not waiting any longer. What was set stays.';

export interface Awaited {
  /** Of the source. */
  readonly name: string;
  readonly title: string;
  readonly setup: Setup;
  /** Null: until somebody stops it. */
  readonly seconds: number | null;
  /** Something was set just now, which a receiver that runs does not know. */
  readonly isNew: boolean;
  /** What was said that it is to call. */
  readonly address: string;
}

/**
 * Looks into the database for what came to the source, and says why something was refused, until one is right. The receiver that runs
 * takes it, as always: nothing is lost by watching. @throws ConnectError when nothing came, or nothing that was right
 */
export async function awaitDelivery(context: Context, talk: Talk, awaited: Awaited): Promise<void> {
  const { clock, err } = talk;
  const { title, setup, seconds } = awaited;
  const since = clock.now();
  const config = await readConfig(context);
  talk.say(
    `\nWaiting for the first delivery${seconds === null ? '' : `, ${seconds} s at most`}. Ctrl-C ends it, and harms nothing.`,
  );
  talk.say(`To cause one: ${stepWords(setup.first, err)}`);
  await using inbox = openWhenThere(context, config);
  const receiver = createReceiverWatch(context, talk, { ...awaited, config, since });
  const told = new Map<string, number>();
  const deadline = seconds === null ? Number.POSITIVE_INFINITY : since + seconds * 1000;
  for (; clock.now() < deadline; await talk.wait(LOOK_MS, INTERRUPTED)) {
    await receiver.look();
    const found = await inbox.look((archive) => cameTo(archive, awaited.name, since, clock.now()));
    if (found === null) continue;
    for (const each of found.refused) sayRefusal(talk, each, told);
    if (found.event !== null) return arrived(talk, `${found.event} arrived, signature OK`);
    if (found.isGreeted) return arrived(talk, `${title}'s greeting arrived and was answered, signature OK`);
  }
  throw told.size > 0
    ? new ConnectError('failed', `Nothing that is right came within ${seconds} s; why, it says above.`)
    : new ConnectError('unreachable', nothing(awaited, talk));
}

interface Came {
  /** In words. */
  readonly event: string | null;
  readonly isGreeted: boolean;
  readonly refused: readonly TurnedAway[];
}

async function cameTo(archive: OpenedArchive, source: string, since: number, now: number): Promise<Came> {
  const [events, tally] = await Promise.all([archive.list({ source, since, limit: 5 }), archive.recall(TALLY)]);
  const event = events.find(({ origin }) => origin === 'webhook');
  const away = turnedAway(parseTally(tally), now).filter((each) => each.source === source && each.at >= since);
  return {
    event: event ? `${kindOf(event)} (event ${event.id})` : null,
    isGreeted: away.some(({ cause }) => cause === GREETING),
    refused: away.filter(({ cause }) => cause !== GREETING),
  };
}

/** Each once, and once more when it came again. */
function sayRefusal({ say, err }: Talk, { cause, at, why }: TurnedAway, told: Map<string, number>): void {
  if (told.get(cause) === at) return;
  told.set(cause, at);
  say(`${err.red('refused')}  ${oneLine(why ?? cause)} (${oneLine(cause)})`);
}

function arrived({ say, err, sayNext }: Talk, words: string): void {
  say(`${err.green('ok')}       ${words}\n`);
  sayNext([
    ['events', 'what became of it'],
    ['sources', 'what came last, and what was refused'],
  ]);
}

function nothing({ name, title, seconds }: Awaited, { invocation }: Talk): string {
  return `Nothing came to ${name} within ${plural(seconds ?? 0, 'second')}, not even anything that was refused: ${title} does not reach this server, or has nothing to send. Later: ${invocation} sources`;
}

interface Looking extends AsyncDisposable {
  /** Null: there is no database yet, or it cannot be read at the moment. */
  look<T>(ask: (archive: OpenedArchive) => Promise<T>): Promise<T | null>;
}

/** It is opened once it is there: the server may be started meanwhile. */
function openWhenThere(context: Context, config: Config): Looking {
  let archive: OpenedArchive | null = null;
  return {
    async look(ask) {
      if (archive === null && !hasDatabase(config)) return null;
      archive ??= await context.openArchive(config, 'read').catch(() => null);
      return archive === null ? null : ask(archive).catch(() => null);
    },
    async [Symbol.asyncDispose]() {
      await archive?.[Symbol.asyncDispose]();
    },
  };
}
