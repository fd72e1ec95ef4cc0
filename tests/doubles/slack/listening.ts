import type { Asked } from './asking.ts';

type Json = Readonly<Record<string, unknown>>;

/** A client of Socket Mode, as plain as can be: what came, and acks by hand. */
export interface Listener extends Disposable {
  readonly socket: WebSocket;
  /** All that came, in order. */
  readonly got: readonly Json[];
  /** The next one of a type, `hello` or `disconnect` for instance, that was not taken before. */
  next(type: string): Promise<Json>;
  ack(envelope: Json, payload?: object): void;
  readonly closed: Promise<void>;
}

export async function openUrl({ ask, slack }: Asked): Promise<string> {
  return String((await ask('apps.connections.open', {}, slack.appToken))['url']);
}

export async function listen(asked: Asked, url?: string): Promise<Listener> {
  const socket = new WebSocket(url ?? (await openUrl(asked)));
  const got: Json[] = [];
  const taken = new Set<Json>();
  const watchers = new Set<() => void>();
  socket.addEventListener('message', ({ data }) => {
    got.push(JSON.parse(String(data)) as Json);
    for (const look of watchers) look();
  });
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve());
    socket.addEventListener('error', () => resolve());
  });
  const next = (type: string) =>
    new Promise<Json>((resolve) => {
      const look = () => {
        const found = got.find((each) => each['type'] === type && !taken.has(each));
        if (found === undefined) return;
        taken.add(found);
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
    });
  return {
    socket,
    got,
    next,
    closed,
    ack: ({ envelope_id }, payload) => socket.send(JSON.stringify({ envelope_id, payload })),
    [Symbol.dispose]: () => socket.close(),
  };
}
