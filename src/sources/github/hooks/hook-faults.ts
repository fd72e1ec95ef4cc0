import type { DeliveryTry, Webhook } from './webhooks.ts';

/** One thing about a webhook that keeps events from being told, or from being told safely. */
export interface HookFault {
  readonly kind: 'url' | 'events' | 'content_type' | 'secret' | 'inactive' | 'tls' | 'deliveries';
  readonly detail: string;
}

export interface WantedHook {
  /** Complete. Null: nobody said where this receiver is reached. */
  readonly url: string | null;
  readonly events: readonly string[];
}

/** The settings of a webhook that differ from what is wanted. Events beyond those wanted are none. */
export function settingFaults(hook: Webhook, { url, events }: WantedHook): readonly HookFault[] {
  const missing = missingEvents(hook, events);
  const found: readonly (HookFault | false)[] = [
    url !== null && !sameAddress(hook.url, url) && fault('url', `it calls ${hook.url}, not ${url}`),
    !hook.isActive && fault('inactive', 'it is switched off: GitHub sends nothing'),
    missing.length > 0 && fault('events', `the rules need events that it does not send: ${missing.join(', ')}`),
    hook.contentType !== 'json' &&
      fault('content_type', `its content type is ${hook.contentType}, not application/json`),
    !hook.hasSecret && fault('secret', 'it has no secret: every delivery is refused (401)'),
    !hook.verifiesTls && fault('tls', 'SSL verification is off: anybody on the way can read and change what it sends'),
  ];
  return found.filter((each) => each !== false);
}

export function missingEvents(hook: Webhook, events: readonly string[]): readonly string[] {
  return hook.events.includes('*') ? [] : events.filter((event) => !hook.events.includes(event));
}

/** What it sends beyond what is needed: stored, not told. */
export function extraEvents(hook: Webhook, events: readonly string[]): readonly string[] {
  return events.includes('*') ? [] : hook.events.filter((event) => !events.includes(event));
}

/** What it is to send so that it sends these too. `*` alone is every event. */
export function eventsWith(hook: Webhook, events: readonly string[]): readonly string[] {
  const all = new Set([...hook.events, ...events]);
  return all.has('*') ? ['*'] : [...all];
}

/** Of the newest tries, those that failed and were not followed by a good one: an outage that is over is no fault. */
export function failingTries(tries: readonly DeliveryTry[]): readonly DeliveryTry[] {
  const lastGood = tries.findIndex(isAnswered);
  return tries.slice(0, lastGood < 0 ? tries.length : lastGood);
}

export function isAnswered({ statusCode }: DeliveryTry): boolean {
  return statusCode !== null && statusCode >= 200 && statusCode < 300;
}

/** `401 Unauthorized`, `failed to connect`. */
export function tryWords({ statusCode, status }: DeliveryTry): string {
  return statusCode ? `${statusCode} ${status}`.trim() : status;
}

/** Of all webhooks, those that call this receiver: at `url`, else by the end of their address. */
export function ownHooks(hooks: readonly Webhook[], url: string | null, source: string): readonly Webhook[] {
  const exact = url === null ? [] : hooks.filter((hook) => sameAddress(hook.url, url));
  if (exact.length > 0) return exact;
  return hooks.filter((hook) => URL.parse(hook.url)?.pathname.replace(/\/$/, '').endsWith(`/webhooks/${source}`));
}

export function sameAddress(one: string, other: string): boolean {
  const plain = (url: string) => URL.parse(url)?.href.replace(/\/$/, '') ?? url;
  return plain(one) === plain(other);
}

function fault(kind: HookFault['kind'], detail: string): HookFault {
  return { kind, detail };
}
