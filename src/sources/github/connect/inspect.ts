import { type HookOwner, ownerText } from '../../../model/recovery.ts';
import { plural } from '../../../shared/time-words.ts';
import { extraEvents, failingTries, type HookFault, ownHooks, settingFaults } from '../hooks/hook-faults.ts';
import type { Webhook, Webhooks } from '../hooks/webhooks.ts';
import { causeOf } from './ping-cause.ts';

export interface Wanted {
  readonly owner: HookOwner;
  /** Complete. Null: nobody said. */
  readonly url: string | null;
  readonly events: readonly string[];
  readonly source: string;
  readonly secretFrom: string;
  /** How a person calls this program here: `npx tidings`. */
  readonly invocation: string;
  /** The command without its flags: `tidings connect github acme/api`. */
  readonly command: string;
}

/** A fault of a webhook, or of there being none or several. */
export interface Fault {
  readonly kind: HookFault['kind'] | 'no_hook' | 'several';
  readonly detail: string;
  /** What to type or change. */
  readonly fix: string;
}

export interface Inspection {
  /** Null: there is none, or several. */
  readonly hook: Webhook | null;
  readonly faults: readonly Fault[];
  /** What is worth a line and no fault. */
  readonly notes: readonly string[];
}

/** Holds the webhook that calls here against what is wanted. Changes nothing. @throws WebhookError */
export async function inspect(webhooks: Webhooks, wanted: Wanted): Promise<Inspection> {
  const all = await webhooks.list();
  const found = ownHooks(all, wanted.url, wanted.source);
  const [hook, ...more] = found;
  if (hook === undefined) return { hook: null, faults: [noHook(wanted, all.length)], notes: [] };
  if (more.length > 0) return { hook: null, faults: [several(found, wanted)], notes: [] };
  const settings = settingFaults(hook, wanted).map((fault) => ({ ...fault, fix: `${wanted.command} --update` }));
  return {
    hook,
    faults: [...settings, ...(await deliveryFaults(webhooks, hook, wanted))],
    notes: notesOn(hook, wanted.events),
  };
}

function notesOn(hook: Webhook, events: readonly string[]): readonly string[] {
  const extra = extraEvents(hook, events);
  if (extra.length === 0) return [];
  const what = extra.includes('*') ? 'It sends every event' : `It also sends ${extra.join(', ')}`;
  return [`${what}. What no rule needs is stored, not told.`];
}

function noHook({ owner, url, source, command }: Wanted, count: number): Fault {
  const others = count === 0 ? 'It has none.' : `It has ${plural(count, 'webhook')} that call elsewhere.`;
  const where = url ?? `an address that ends in /webhooks/${source}`;
  return { kind: 'no_hook', detail: `No webhook of ${ownerText(owner)} calls ${where}. ${others}`, fix: command };
}

function several(hooks: readonly Webhook[], { url, source }: Wanted): Fault {
  const list = hooks.map(({ id, url: address }) => `\n  ${id}  ${address}`).join('');
  const where = url ?? `an address that ends in /webhooks/${source}`;
  return {
    kind: 'several',
    detail: `${hooks.length} webhooks call ${where}:${list}`,
    fix: 'Remove all but one at GitHub, under Settings → Webhooks; or say with --url or PUBLIC_URL which is meant.',
  };
}

async function deliveryFaults(webhooks: Webhooks, hook: Webhook, wanted: Wanted): Promise<readonly Fault[]> {
  const failing = failingTries(await webhooks.tries(hook.id));
  const [newest] = failing;
  if (newest === undefined) return [];
  const answer = await webhooks.answer(hook.id, newest.id);
  const { secretFrom, command } = wanted;
  const cause = causeOf(newest, answer, { url: hook.url, secretFrom, update: `${command} --update` });
  const count = failing.length === 1 ? 'The last delivery' : `The last ${failing.length} deliveries`;
  return [
    {
      kind: 'deliveries',
      detail: `${count} failed. ${cause}`,
      fix: `${recoverWords(wanted)} gets what was missed, once that is mended.`,
    },
  ];
}

function recoverWords({ owner, invocation }: Wanted): string {
  return owner.kind === 'organisation'
    ? `${invocation} recover --org ${owner.org}`
    : `${invocation} recover ${ownerText(owner)}`;
}
