import type { Tone } from '../../../model/activity.ts';
import { read, textOrNull } from '../../../shared/payload.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { after, asWords, day, dayFact, firstText, worded } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { capitalised } from '../../../text/words.ts';
import { hasChanged, type LinearEvent } from './event.ts';
import { generic } from './generic.ts';
import { named, priorityAt, saidBy, threadOf } from './parts.ts';
import { thing } from './thing.ts';

/** A project, or an initiative that holds several. */
export function project(event: LinearEvent): Told {
  const { data, action } = event;
  const told = action === 'update' ? updated(event) : thing(event);
  const isNew = action === 'create';
  return {
    ...told,
    facts: [
      ...(told.facts ?? []),
      isNew ? after('led by', textOrNull(data, 'lead.name')) : null,
      isNew ? dayFact('target', data, 'targetDate') : null,
    ],
    excerpt: isNew ? excerpt(firstText(data, ['description', 'content'])) : null,
  };
}

function updated(event: LinearEvent): Told {
  const { data, before, type } = event;
  const noun = nounOf(type);
  const about = { ...named(noun, textOrNull(data, 'name')), thread: threadOf(noun, textOrNull(data, 'id')) };
  const headline = (words: string) => `${capitalised(noun)} ${words}`;
  const say = (words: string, did: string, became: string | null, more: Partial<Told> = {}): Told => ({
    ...about,
    headline: headline(words),
    ...saidBy(event, did, became),
    ...more,
  });
  const changed = (what: string) => ({ noun: `${noun} ${what}`, part: 'changed', alone: null });
  const status = firstText(data, ['status.name', 'state', 'status']);
  if (hasChanged(event, 'archivedAt') || hasChanged(event, 'trashed')) {
    const isGone = textOrNull(data, 'archivedAt') !== null || read(data, 'trashed') === true;
    return isGone ? say('archived', 'archived {it}', null) : say('restored', 'restored {it}', null);
  }
  if (['statusId', 'state', 'status'].some((field) => hasChanged(event, field)) && status !== null) {
    const to = asWords(worded(status));
    const was = firstText(before, ['state', 'status']);
    return say('moved', `moved {it} to ${to}`, `moved to ${to}`, {
      tone: STATUS_TONES.get(textOrNull(data, 'status.type') ?? status) ?? 'neutral',
      facts: [after('was:', was === null ? null : worded(was))],
    });
  }
  if (hasChanged(event, 'leadId')) {
    const lead = textOrNull(data, 'lead.name');
    const more = { sum: changed('lead') };
    if (lead === null && textOrNull(data, 'leadId') === null)
      return say('lead changed', 'removed the lead of {it}', 'has no lead any more', more);
    if (lead === null) return say('lead changed', 'changed who leads {it}', null, more);
    const isOwn = event.actorId !== null && textOrNull(data, 'lead.id') === event.actorId;
    const whom = isOwn ? 'themselves' : asWords(lead);
    return say('lead changed', `made ${whom} lead of {it}`, `is led by ${asWords(lead)}`, more);
  }
  if (hasChanged(event, 'targetDate')) {
    const target = day(data, 'targetDate');
    const more = { facts: [dayFact('was:', before, 'targetDate')], sum: changed('target date') };
    return target === null
      ? say('target date changed', 'removed the target date of {it}', 'has no target date', more)
      : say('target date changed', `set the target date of {it} to ${target}`, `is to be done by ${target}`, more);
  }
  return { ...(detailChanged(event, say, changed) ?? thing(event)), isMinor: true };
}

type Say = (words: string, did: string, became: string | null, more?: Partial<Told>) => Told;

/** What is changed many times, and is minor: null where it is something else. */
function detailChanged(event: LinearEvent, say: Say, changed: (what: string) => Told['sum'] & object): Told | null {
  const { data } = event;
  if (hasChanged(event, 'name')) return null;
  const set = (what: string, is: string | null) => {
    const did = is === null ? `removed the ${what} of {it}` : `set the ${what} of {it} to ${is}`;
    return say(`${what} changed`, did, is === null ? `has no ${what} any more` : `has ${what} ${is}`, {
      sum: changed(what),
    });
  };
  if (hasChanged(event, 'priority')) return set('priority', priorityAt(data, 'priority'));
  if (hasChanged(event, 'startDate')) return set('start date', day(data, 'startDate'));
  // A project update tells it, with words.
  if (hasChanged(event, 'health')) return set('health', HEALTH.get(textOrNull(data, 'health') ?? '')?.[0] ?? null);
  if (!hasChanged(event, 'description') && !hasChanged(event, 'content')) return null;
  return say('description edited', 'edited the description of {it}', null);
}

const STATUS_TONES: ReadonlyMap<string, Tone> = new Map([['completed', 'done']]);

const HEALTH: ReadonlyMap<string, readonly [words: string, tone: Tone]> = new Map([
  ['onTrack', ['on track', 'good']],
  ['atRisk', ['at risk', 'waiting']],
  ['offTrack', ['off track', 'bad']],
]);

/** What somebody writes about how a project or an initiative goes. */
export function update(event: LinearEvent): Told {
  const { data, action, type } = event;
  const noun = nounOf(type.replace(/Update$/, ''));
  const about = {
    ...named(noun, textOrNull(data, `${noun}.name`)),
    thread: threadOf(noun, firstText(data, [`${noun}.id`, `${noun}Id`])),
  };
  const said = textOrNull(data, 'health');
  const [words, tone] = (said === null ? undefined : HEALTH.get(said)) ?? [null, 'neutral' as const];
  const facets = { conclusion: said };
  const body = excerpt(firstText(data, ['body', 'diffMarkdown']));
  const at = event.workspace === null ? '' : ' in {repo}';
  const isNews = action === 'create' || (action === 'update' && hasChanged(event, 'health'));
  if (isNews)
    return {
      ...about,
      headline: `${capitalised(noun)} ${words ?? 'update posted'}`,
      ...saidBy(
        event,
        words === null ? 'posted an update on {it}' : `said {it}${at} is ${words}`,
        words === null ? null : `is ${words}`,
      ),
      tone,
      excerpt: body,
      isSpoken: event.actor !== null,
      facets,
      sum: { noun: words === null ? `${noun} update` : noun, part: words, alone: null },
    };
  if (action === 'update')
    return {
      ...about,
      headline: `${capitalised(noun)} update edited`,
      sum: { noun: `${noun} update`, part: 'edited', alone: null },
      ...saidBy(event, 'edited an update on {it}'),
      excerpt: body,
      facts: [words],
      facets,
      isMinor: true,
    };
  if (action !== 'remove') return generic(event);
  const headline = `${capitalised(noun)} update deleted`;
  const sum = { noun: `${noun} update`, part: 'deleted', alone: null };
  return { ...about, headline, ...saidBy(event, 'deleted an update on {it}'), facets, sum };
}

function nounOf(type: string): string {
  return type === 'Initiative' ? 'initiative' : 'project';
}
