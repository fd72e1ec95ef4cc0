import type { HeardEvent, ListenContext, Standing } from '../../../src/model/listen-context.ts';
import { createLog } from '../../../src/shared/log.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { slackSource } from '../../../src/sources/slack/source.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { waitUntil } from '../wait-until.ts';
import { type Asked, startAsked } from './asking.ts';

/** A source that listens to the double, and what it has kept. */
export interface ListeningSource extends AsyncDisposable {
  readonly asked: Asked;
  /** By delivery id, each once. */
  readonly kept: ReadonlyMap<string, HeardEvent>;
  /** Delivery ids as they came. */
  readonly came: readonly string[];
  readonly stands: readonly Standing[];
  readonly logged: readonly string[];
  /** What becomes of the next events: as a full disk would have it, or later. */
  store: (event: HeardEvent) => Promise<boolean>;
  /** Resolves when it holds: looked at after whatever happens on either side. */
  until(holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface ListeningOptions {
  readonly asked?: Asked;
  readonly token?: string;
  readonly apiUrl?: string;
}

export async function listeningSource(options: ListeningOptions = {}): Promise<ListeningSource> {
  const asked = options.asked ?? (await startAsked());
  const { slack, clock } = asked;
  const kept = new Map<string, HeardEvent>();
  const came: string[] = [];
  const stands: Standing[] = [];
  const logged: string[] = [];
  const watchers = new Set<() => void>();
  const look = () => {
    for (const each of watchers) each();
  };
  slack.watch(look);
  const over = new AbortController();
  const context: ListenContext = {
    signal: over.signal,
    clock,
    random: () => 0.5,
    log: createLog('debug', { write: (text) => void logged.push(text) }),
    stands: (standing) => {
      stands.push(standing);
      look();
    },
    keep: async (event) => {
      came.push(event.deliveryId);
      setImmediate(look);
      const isStored = await listening.store(event);
      const isNew = !kept.has(event.deliveryId);
      if (isStored) kept.set(event.deliveryId, event);
      setImmediate(look);
      return isStored ? (isNew ? 'accepted' : 'duplicate') : 'unavailable';
    },
  };
  const socket = { token: new Secret(options.token ?? slack.appToken), apiUrl: options.apiUrl ?? slack.url };
  const source = slackSource({ name: 'workspace', secrets: [], names: new Map(), socket });
  const ended = source.listen?.(context);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    over.abort();
    await ended;
  };
  const listening: ListeningSource = {
    asked,
    kept,
    came,
    stands,
    logged,
    store: async () => true,
    until: (holds) => waitUntil(holds, watchers, PATIENCE_MS, () => came),
    stop: () => (stopped ??= stop()),
    async [Symbol.asyncDispose]() {
      await listening.stop();
      await slack.close();
    },
  };
  return listening;
}

/** Connected, and no more: the first connection has said hello. */
export async function connectedSource(options: ListeningOptions = {}): Promise<ListeningSource> {
  const listening = await listeningSource(options);
  await listening.until(() => listening.stands.at(-1)?.kind === 'connected');
  return listening;
}
