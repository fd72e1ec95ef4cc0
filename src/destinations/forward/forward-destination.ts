import type { Destination, SendContext } from '../../model/destination.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { Notification } from '../../model/notification.ts';
import type { Resign, Resigned } from '../../model/resign.ts';
import type { Clock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import { standardSigned } from '../../shared/standard-webhooks.ts';
import { sentence } from '../../text/sentence.ts';
import { only } from '../lanes.ts';
import { retryForDays } from '../retry-for-a-day.ts';
import { outcomeOf } from './answer.ts';
import { headersOf, webhookId } from './headers.ts';
import { type ForwardSettings, takenBy } from './settings.ts';

export interface ForwardOptions {
  readonly name: string;
  readonly settings: ForwardSettings;
  readonly clock: Clock;
  readonly resign: Resign;
}

/** An application of the operator's own: it gets what was received, byte for byte, signed when it is sent. */
export function forwardDestination({ name, settings, clock, resign }: ForwardOptions): Destination {
  const { concurrency, retry_days: days } = settings;
  const taken = takenBy(settings);
  const address = settings.url.reveal();
  return {
    name,
    type: 'forward',
    intervalMs: 0,
    concurrency,
    digestOver: null,
    digestMax: 1,
    // The application knows a repetition by its id.
    onUnknown: 'resend',
    // Messages name the event, which is on disk before anybody hears of it.
    mayForgetAttempts: true,
    readsStored: true,
    retry: retryForDays(days),
    ...(taken && { takesAll: (source: string) => taken === 'all' || taken.includes(source) }),
    describe: (message) => sentence(only(message).activity),
    preview: async (message, stored) => (await import('./preview.ts')).shownForward(settings, only(message), stored),
    async send(message, context) {
      const notification = only(message);
      const event = await storedOf(notification, context);
      if (event === null) return { kind: 'rejected', reason: GONE };
      if (event.damage !== undefined) return { kind: 'rejected', reason: damaged(event.damage) };
      const signed = await signedHeaders({ settings, clock, resign }, event, notification);
      if (!signed.ok) return { kind: 'broken', reason: unsigned(signed.reason) };
      const { headers } = signed;
      const { signal, departure } = context;
      const { timeout_ms: timeoutMs, final } = settings;
      const result = await request({ url: address, headers, body: event.body, timeoutMs, signal, departure });
      return outcomeOf(result, address, final, clock.now());
    },
    async [Symbol.asyncDispose]() {},
  };
}

const GONE =
  'its body is gone, as `retention` says or because it was forgotten: there is nothing to forward; keep bodies for longer';

function damaged(why: string): string {
  return `its body cannot be read (${why}): there is nothing to forward; see tidings doctor`;
}

function unsigned(why: string): string {
  return `an event cannot be signed: ${why}; give this destination a secret of its own, or say signature: none`;
}

function storedOf({ eventId }: Notification, { stored }: SendContext): Promise<StoredEvent | null> {
  if (stored === undefined)
    throw new Error('A destination of type forward reads what is stored, and was given no way to.');
  return stored(eventId);
}

/** The headers as they go, or why nobody can sign it with these settings. */
async function signedHeaders(
  { settings, clock, resign }: Omit<ForwardOptions, 'name'>,
  event: StoredEvent,
  notification: Notification,
): Promise<Resigned> {
  const { signature, secret, url, signed_url: signedUrl = url.reveal() } = settings;
  const now = clock.now();
  if (signature === 'none') return { ok: true, headers: headersOf(event, notification, {}) };
  const proof = signature === 'provider' ? await resign({ event, url: signedUrl, now }) : null;
  if (proof?.ok) return { ok: true, headers: headersOf(event, notification, proof.headers) };
  if (secret === undefined) return proof ?? { ok: false, reason: 'signature: standard has no secret' };
  const id = webhookId(event, notification);
  const own = standardSigned(secret, { id, now, body: event.body }, 'webhook');
  return { ok: true, headers: headersOf(event, notification, {}, own) };
}
