import type { Activity, Person, Place, RunResult, Sum } from '../model/activity.ts';
import { type ActionFate, whyMinor, whyNever } from '../model/event-catalog.ts';
import type { Facets } from '../model/facets.ts';
import { kindOf } from '../model/kind.ts';
import { activity } from '../model/new-activity.ts';
import type { Normalised } from '../model/source.ts';
import { toldExcerpt } from './excerpt.ts';
import { isSkip, type Skip, type Told } from './told.ts';

/** What every event of a provider has. */
export interface Envelope {
  /** Its name in the table: what keys begin with. */
  readonly provider: string;
  readonly source: string;
  /** The provider's id of what happened. */
  readonly id: string;
  readonly type: string;
  readonly action: string | null;
  /** As the catalogue has it. Undefined: nobody knows it yet. */
  readonly fate: ActionFate | undefined;
  readonly actor: Person | null;
  readonly place: Place | null;
  /** Where a person sees what it is about. Null: nowhere that is known. */
  readonly page: string | null;
  /** Milliseconds since 1970. */
  readonly occurredAt: number | null;
  readonly account?: string | null;
  /** What is said of every event: that it is a test. */
  readonly facets?: Partial<Facets>;
  /** Headline → how several are counted, where its own words do not say it. */
  readonly sums?: ReadonlyMap<string, Sum>;
}

/** What becomes of an event: told, or skipped with the reason. `tell` is asked only where it may be told. */
export function normalised(envelope: Envelope, tell: () => Told | Skip): Normalised {
  const { type, action, fate } = envelope;
  const never = whyNever(fate);
  const told = never === null ? tell() : { skip: `${kindOf(type, action)}: ${never}` };
  if (isSkip(told)) return { kind: 'skip', reason: told.skip, action: action ?? undefined };
  return { kind: 'activity', activity: activityOf(envelope, told) };
}

/** What is told the same way for every family. */
export function activityOf(envelope: Envelope, told: Told): Activity {
  const { provider, type, action } = envelope;
  const place = told.place === undefined ? envelope.place : told.place;
  const url = told.url ?? envelope.page ?? place?.url ?? '';
  const subject = { noun: told.noun, handle: told.handle ?? null, title: told.title, url };
  return activity({
    kind: kindOf(type, action),
    type,
    action,
    source: envelope.source,
    headline: told.headline,
    did: told.did ?? null,
    became: told.became ?? null,
    tone: told.tone ?? 'neutral',
    isMinor: isMinor(envelope.fate, told),
    actor: told.by === undefined ? envelope.actor : told.by,
    place,
    account: envelope.account ?? null,
    subject,
    excerpt: toldExcerpt({ ...told, subject }),
    isSpoken: told.isSpoken ?? false,
    facts: (told.facts ?? []).filter((fact): fact is string => fact !== null && fact !== ''),
    ...envelope.facets,
    ...told.facets,
    sum: told.sum ?? envelope.sums?.get(told.headline) ?? null,
    result: told.result ? resultOf(provider, told.result) : null,
    thread: told.thread ? `${provider} ${told.thread}` : null,
    burstKey: told.burst ? `${provider} ${told.burst}` : null,
    occurredAt: envelope.occurredAt,
    dedupKey: `${provider}:${told.happening ?? envelope.id}`,
  });
}

/** The keys of all providers lie side by side. */
function resultOf(provider: string, result: RunResult): RunResult {
  return { ...result, key: `${provider} ${result.key}`.slice(0, 400) };
}

function isMinor(fate: ActionFate | undefined, told: Told): boolean {
  const mayBe = typeof fate === 'object' && 'minorWhen' in fate;
  return whyMinor(fate) !== null || (mayBe && told.isMinor === true);
}
