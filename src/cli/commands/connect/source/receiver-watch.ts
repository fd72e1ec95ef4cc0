import type { Config } from '../../../../config/config.ts';
import { localUrl } from '../../../../config/describe/place-words.ts';
import { addressOf } from '../../../../config/describe/source-address.ts';
import { readTunnel } from '../../../../config/read/tunnel-file.ts';
import type { Talk } from '../../../../model/plugin/talk.ts';
import { providerOf } from '../../../../run/sources.ts';
import { askReceiver } from '../../../ask-receiver.ts';
import { type Context, readConfig } from '../../../context.ts';

const EVERY_MS = 2_000;

interface Watched {
  readonly name: string;
  readonly title: string;
  readonly config: Config;
  /** What started before does not know what was set then. */
  readonly since: number;
  readonly isNew: boolean;
  /** What was said that it is to call. */
  readonly address: string;
}

/** How the receiver on this machine stands: none, one that does not know the source as it is set now, or one that does. */
type Standing = 'none' | 'old' | 'ready' | 'unknown';

/** Says what to do about the receiver on this machine, each time that it changes; and the address, when it changes. */
export function createReceiverWatch(context: Context, talk: Talk, watched: Watched): { look(): Promise<void> } {
  const { clock } = talk;
  let before: Standing | null = null;
  let { address } = watched;
  let nextAt = 0;

  async function look(): Promise<void> {
    if (clock.now() < nextAt) return;
    nextAt = clock.now() + EVERY_MS;
    const standing = await standingOf(watched);
    if (standing !== before) talk.say(wordsOf(standing, talk, watched));
    before = standing;
    await sayAddress();
  }

  /** A tunnel has a new one with each start. */
  async function sayAddress(): Promise<void> {
    const config = await readConfig(context).catch(() => null);
    const source = config?.sources.find(({ name }) => name === watched.name);
    if (config === null || source === undefined) return;
    const { url, from } = addressOf(config, source, await providerOf(source));
    if (from === 'tunnel' && url !== address) {
      talk.say(`The address is now, through the tunnel that is open:  ${talk.err.cyan(url)}`);
      address = url;
    }
  }

  return { look };
}

async function standingOf({ name, config, since, isNew }: Watched): Promise<Standing> {
  const answer = await askReceiver(config, '/api/v1/sources');
  if (answer.kind !== 'answered') return 'none';
  const { startedAt, names } = read(answer.text);
  if (names === null) return 'unknown';
  return names.includes(name) && (!isNew || startedAt >= since) ? 'ready' : 'old';
}

function read(text: string): { readonly startedAt: number; readonly names: readonly string[] | null } {
  try {
    const { started_at: started, sources } = JSON.parse(text) as {
      readonly started_at?: unknown;
      readonly sources?: readonly { readonly name?: unknown }[];
    };
    const names = sources?.map(({ name }) => String(name)) ?? null;
    return { startedAt: Date.parse(String(started)), names };
  } catch {
    return { startedAt: Number.NaN, names: null };
  }
}

function wordsOf(standing: Standing, { invocation, err }: Talk, { name, config }: Watched): string {
  const at = localUrl(config);
  const tunnel = readTunnel(config.dataDir);
  const start = err.cyan(`${invocation} start${tunnel === null ? '' : ` --tunnel ${tunnel.kind}`}`);
  switch (standing) {
    case 'none':
      return `No Tidings answers at ${at}. Where it is to run here, in another terminal:  ${start}`;
    case 'old':
      return `Tidings runs, and was started before ${name} was set. Stop it there (Ctrl-C) and start it again:  ${start}`;
    case 'ready':
      return `Tidings runs at ${at}, and takes what comes to ${name}.`;
    case 'unknown':
      return `Something answers at ${at}, and does not say for which sources. Is it this Tidings?`;
  }
}
