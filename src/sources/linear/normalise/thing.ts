import { read, textOrNull } from '../../../shared/payload.ts';
import { inWords } from '../../../telling/generic.ts';
import { after, dayOf, firstText, idAt } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { capitalised, enumerated } from '../../../text/words.ts';
import { hasChanged, type LinearEvent } from './event.ts';
import { generic } from './generic.ts';
import { named, saidBy, threadOf } from './parts.ts';

/** What people call a type, where its name says it otherwise. */
const NOUNS: ReadonlyMap<string, string> = new Map([
  ['IssueLabel', 'label'],
  ['CustomerNeed', 'customer request'],
  ['User', 'member'],
]);

const NAMES = ['name', 'title', 'label', 'displayName', 'email'];

const WORDS = { create: 'created', update: 'edited', remove: 'deleted' } as const;

/** Who and what is not of this workspace's making. */
const PEOPLE_WORDS = { ...WORDS, create: 'added', remove: 'removed' } as const;
const PEOPLE = /^(?:User|Customer)$/;

/** Anything that is created, changed and removed: documents, cycles, labels, customers, and what Linear invents later. */
export function thing(event: LinearEvent): Told {
  const { type, data, before, action } = event;
  if (action !== 'create' && action !== 'update' && action !== 'remove') return generic(event);
  const noun = nounOf(type);
  const did = (PEOPLE.test(type) ? PEOPLE_WORDS : WORDS)[action];
  const name = nameOf(event);
  const was = NAMES.map((field) => textOrNull(before, field)).find((old) => old !== null) ?? null;
  const isRenamed = action === 'update' && was !== null;
  const common = { ...named(noun, name), thread: threadOf(noun, textOrNull(data, 'id')) };
  if (isRenamed)
    return {
      ...common,
      headline: `${capitalised(noun)} renamed`,
      ...saidBy(event, 'renamed {it}'),
      facts: [after('was:', was)],
    };
  return {
    ...common,
    headline: `${capitalised(noun)} ${did}`,
    ...saidBy(event, `${did} {it}`),
    tone: action === 'create' ? 'opened' : 'neutral',
    facts: [type === 'Cycle' ? span(data) : null, action === 'update' ? after('changed:', changedFields(event)) : null],
  };
}

export function nounOf(type: string): string {
  const words = inWords(type);
  return NOUNS.get(type) ?? words.charAt(0).toLowerCase() + words.slice(1);
}

function nameOf({ type, data }: LinearEvent): string | null {
  return firstText(data, NAMES) ?? (type === 'Cycle' ? idAt(data, 'number') : null);
}

/** When a cycle goes: `Sep 24, 2023 – Oct 8, 2023` */
function span(data: unknown): string | null {
  const [from, to] = ['startsAt', 'endsAt'].map((field) => {
    const value = read(data, field);
    return typeof value === 'string' ? dayOf(Date.parse(value)) : null;
  });
  return from && to ? `${from} – ${to}` : null;
}

const SILENT = /^(?:updatedAt|sortOrder|contentState|descriptionData|\w+At|\w+History|\w+Ids?)$/;

function changedFields(event: LinearEvent): string | null {
  const fields = Object.keys(event.before).filter((field) => !SILENT.test(field) && hasChanged(event, field));
  return enumerated(fields.slice(0, 10).map((field) => inWords(field).toLowerCase()));
}
