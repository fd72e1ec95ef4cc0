import { get } from 'node:http';
import { clearTimeout, setTimeout } from 'node:timers';
import { ask } from './asking.ts';

/** As the Inbox's own module does it (src/dashboard/assets/list.js). */
const LOOK_AGAIN_MS = 3_000;

/**
 * What an Inbox that somebody looks at asks: itself, its stream, and its rows anew, once in a while, where more came than is said one by
 * one. Resolves when it is live; the function closes it.
 */
export async function openPage(base: string): Promise<() => void> {
  await ask(`${base}/`);
  let timer: NodeJS.Timeout | undefined;
  let lookedAt = -LOOK_AGAIN_MS;
  const look = () => {
    timer = undefined;
    lookedAt = performance.now();
    ask(`${base}/api/v1/events?limit=50`, { accept: '*/*' }).catch(() => undefined);
  };
  const soon = () => {
    timer ??= setTimeout(look, Math.max(0, lookedAt + LOOK_AGAIN_MS - performance.now()));
  };
  const closeStream = await openStream(base, (text) => {
    if (text.includes('event: many')) soon();
  });
  return () => {
    clearTimeout(timer);
    closeStream();
  };
}

async function openStream(base: string, heard: (text: string) => void): Promise<() => void> {
  const { promise, resolve, reject } = Promise.withResolvers<() => void>();
  const request = get(
    `${base}/api/v1/events/stream`,
    { headers: { accept: 'text/event-stream' }, agent: false },
    (response) => {
      if (response.statusCode !== 200) reject(new Error(`the stream was answered ${response.statusCode}`));
      response.setEncoding('utf8').on('data', heard);
      // It was closed.
      response.on('error', () => undefined);
      resolve(() => request.destroy());
    },
  );
  request.on('error', reject);
  return promise;
}
