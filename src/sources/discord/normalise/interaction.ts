import { isObject, list, numberOrNull, read, textOrNull } from '../../../shared/payload.ts';
import { looksSecret } from '../../../shared/secrets/secret-shapes.ts';
import type { Told } from '../../../telling/told.ts';
import { enumerated } from '../../../text/words.ts';
import { known, type Names } from '../settings.ts';
import { type DiscordEvent, developersName, idAt, nameIn, readable } from './event.ts';

/** Nested more deeply than any menu or form. */
const DEEPEST = 6;

/** `/cardsearch cardname: The Gitrog Monster`, or what stands in the menu of a person or a message. */
export function command({ at, names }: DiscordEvent): Told {
  const name = textOrNull(at, 'data.name') ?? '';
  const on = target(at, names);
  const title =
    on === null ? `/${[name, ...optionsIn(read(at, 'data'), at, names)].join(' ').trim()}` : `${name} on ${on}`;
  return { headline: 'Command used', did: 'used {it}', noun: 'command', title: title === '/' ? '' : shown(title) };
}

/** Whose menu it was. Null: it was typed. */
function target(at: unknown, names: Names): string | null {
  const type = numberOrNull(at, 'data.type');
  if (type === 3) return 'a message';
  const id = idAt(at, 'data.target_id');
  return type === 2 || id !== null ? ((id === null ? null : resolved(at, id, names)) ?? 'somebody') : null;
}

const SUBCOMMANDS: readonly unknown[] = [1, 2];

function optionsIn(holder: unknown, at: unknown, names: Names, depth = 0): readonly string[] {
  if (depth > DEEPEST) return [];
  return list(holder, 'options').flatMap((option) => {
    const name = textOrNull(option, 'name');
    if (name === null) return [];
    if (SUBCOMMANDS.includes(read(option, 'type'))) return [name, ...optionsIn(option, at, names, depth + 1)];
    const value = valueOf(read(option, 'value'), at, names);
    return value === null ? [] : [`${name}: ${value}`];
  });
}

/** Text, numbers and yes or no as they are; ids by what they stand for, or not at all. */
function valueOf(value: unknown, at: unknown, names: Names): string | null {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  if (/^\d{15,20}$/.test(value)) return resolved(at, value, names);
  return looksSecret(value) ? null : readable(value.slice(0, 300), names);
}

/** By what the interaction tells along with it. */
function resolved(at: unknown, id: string, names: Names): string | null {
  const of = (kind: string, field: string) => textOrNull(entryAt(read(at, `data.resolved.${kind}`), id), field);
  const user = nameIn(entryAt(read(at, 'data.resolved.users'), id), of('members', 'nick'));
  if (user !== null) return user;
  const [role, channel] = [of('roles', 'name'), of('channels', 'name')];
  if (role !== null) return `@${role}`;
  return channel === null ? (of('attachments', 'filename') ?? known(names, id)) : `#${channel}`;
}

function entryAt(holder: unknown, id: string): unknown {
  return isObject(holder) && Object.hasOwn(holder, id) ? holder[id] : undefined;
}

const BUTTON = 2;

/** Somebody pressed a button or chose from a menu under a message of the app's. */
export function component({ at, names }: DiscordEvent): Told {
  const customId = textOrNull(at, 'data.custom_id');
  const source = customId === null ? null : componentBy(customId, read(at, 'message'));
  const values = list(at, 'data.values');
  const isButton = numberOrNull(at, 'data.component_type') === BUTTON || values.length === 0;
  const label = textOrNull(source, 'label') ?? textOrNull(source, 'placeholder') ?? developersName(customId);
  const chosen = enumerated(
    values.map((value) => labelOf(value, source) ?? valueOf(value, at, names)).filter((each) => each !== null),
  );
  return {
    headline: isButton ? 'Button pressed' : 'Choice made',
    did: isButton ? 'pressed {it}' : 'made {it}',
    noun: isButton ? 'button' : 'choice',
    title: shown([label, chosen].filter((part) => part !== null).join(': ')),
    thread: messageThread(at),
  };
}

/** What a menu calls one of its choices. */
function labelOf(value: unknown, menu: unknown): string | null {
  const option = list(menu, 'options').find((each) => read(each, 'value') === value);
  return textOrNull(option, 'label');
}

/** The button or menu of that name within a message. */
function componentBy(customId: string, holder: unknown, depth = 0): unknown {
  if (depth > DEEPEST) return null;
  const inside = [...list(holder, 'components'), read(holder, 'component'), read(holder, 'accessory')];
  for (const one of inside) {
    if (textOrNull(one, 'custom_id') === customId) return one;
    const found = one === undefined ? null : componentBy(customId, one, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Somebody filled in a form of the app's. */
export function modal({ at, names }: DiscordEvent): Told {
  const fields = fieldsIn(read(at, 'data'), at, names);
  const [first, ...others] = fields;
  const excerpt =
    others.length === 0
      ? (first?.value ?? null)
      : fields.map(({ name, value }) => `- ${name === null ? '' : `${name}: `}${value}`).join('\n');
  return {
    headline: 'Form sent',
    did: 'sent {it}',
    noun: 'form',
    title: developersName(textOrNull(at, 'data.custom_id')) ?? '',
    excerpt,
    thread: messageThread(at),
  };
}

interface Field {
  readonly name: string | null;
  readonly value: string;
}

function fieldsIn(holder: unknown, at: unknown, names: Names, depth = 0): readonly Field[] {
  if (depth > DEEPEST) return [];
  return [...list(holder, 'components'), read(holder, 'component')].flatMap((one) => {
    if (one === undefined || one === null) return [];
    const value = textOrNull(one, 'value');
    const said = value === null ? chosenIn(one, at, names) : looksSecret(value) ? null : readable(value, names);
    const own = said === null ? [] : [{ name: developersName(textOrNull(one, 'custom_id')), value: said }];
    return [...own, ...fieldsIn(one, at, names, depth + 1)];
  });
}

function chosenIn(one: unknown, at: unknown, names: Names): string | null {
  return enumerated(
    list(one, 'values')
      .map((value) => valueOf(value, at, names))
      .filter((each) => each !== null),
  );
}

/** Several people press under one message. */
function messageThread(at: unknown): string | null {
  const id = idAt(at, 'message.id');
  return id === null ? null : `message ${id}`;
}

function shown(title: string): string {
  return looksSecret(title) ? '' : title.slice(0, 400);
}
