import type { Answer } from './answers.ts';
import * as answers from './answers.ts';
import type { Inbound, ReadEnd, Sink } from './inbound.ts';
import type { Reception } from './reception.ts';

/** The story behind a web-standard handler. Never rejects. Time limits are the business of the server it is mounted in. */
export async function handleFetch(reception: Reception, request: Request): Promise<Response> {
  const answer = await reception.receive(inboundOf(request));
  // Where the sender has gone nobody reads this, but a handler has to return something.
  return responseOf(answer ?? answers.CUT_OFF);
}

function inboundOf(request: Request): Inbound {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    url: pathname + search,
    calledUrl: request.url,
    headers: Object.fromEntries(request.headers),
    from: undefined,
    declared: declaredLength(request),
    // Whoever built the request may declare anything, and may keep the chunks.
    isFramed: false,
    // Two of one name are one here, joined by `, `. No signature, time or id holds that by itself.
    repeated: (names) => names.find((name) => request.headers.get(name)?.includes(', ')) ?? null,
    read: (sink) => readInto(sink, request),
  };
}

function declaredLength({ body, headers }: Request): number | null {
  if (body === null) return 0;
  const length = headers.get('content-length') ?? '';
  return /^\d+$/.test(length) ? Number(length) : null;
}

/** Lets go of the body at the first byte that does not go in: the rest is for the server to drop, as it sees fit. */
async function readInto(sink: Sink, { body, bodyUsed, signal }: Request): Promise<ReadEnd> {
  if (bodyUsed || body?.locked) return 'taken';
  if (body === null) return 'whole';
  const reader = body.getReader();
  // A sender that is gone need not make the stream fail: this ends the read that waits for it.
  const leave = (): void => void reader.cancel().catch(() => undefined);
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  let cutOff: ReadEnd | undefined;
  sink.onCutOff((why) => {
    cutOff = why;
    // Ends the read that waits.
    reader.releaseLock();
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (cutOff !== undefined) return cutOff;
      if (signal.aborted) return 'aborted';
      if (done) return 'whole';
      const stop = sink.add(value);
      if (stop !== undefined) return stop;
    }
  } catch {
    if (cutOff !== undefined) return cutOff;
    // What broke off is told to nobody but the metrics: the sender may try again.
    return 'aborted';
  } finally {
    signal.removeEventListener('abort', leave);
    reader.releaseLock();
  }
}

function responseOf({ status, headers, body }: Answer): Response {
  const pairs = new Headers();
  for (let i = 0; i < headers.length; i += 2) pairs.set(headers[i] ?? '', headers[i + 1] ?? '');
  // A status without a body (204) takes no empty text for one.
  return new Response(body === '' ? null : body, { status, headers: pairs });
}
