import type { Fields } from './fields.ts';

export const TITLE = [
  'alerttitle',
  'title',
  'eventtitle',
  'monitorname',
  'alertname',
  'subject',
  'name',
  'headline',
  'summary',
  'securityrulename',
  'rulename',
  'class',
  'incidenttitle',
];

/** How a monitor stands now, as rules name it. */
export const TRANSITIONS = [
  'triggered',
  're_triggered',
  'warn',
  're_warn',
  'no_data',
  're_no_data',
  'recovered',
  'renotify',
] as const;
export type MonitorTransition = (typeof TRANSITIONS)[number];

/** By its letters alone: `Re-No Data`, `re_no_data`. */
const SPELLINGS: ReadonlyMap<string, MonitorTransition> = new Map<string, MonitorTransition>([
  ...TRANSITIONS.map((transition) => [letters(transition), transition] as const),
  ['alert', 'triggered'],
  ['alerting', 'triggered'],
  ['alerted', 'triggered'],
  ['trigger', 'triggered'],
  ['retrigger', 're_triggered'],
  ['warning', 'warn'],
  ['warned', 'warn'],
  ['rewarning', 're_warn'],
  ['ok', 'recovered'],
  ['recovery', 'recovered'],
  ['resolved', 'recovered'],
  ['renotified', 'renotify'],
]);

function letters(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, '');
}

function known(text: string): MonitorTransition | null {
  return text.length > 40 ? null : (SPELLINGS.get(letters(text)) ?? null);
}

/** By its field, else by what Datadog writes before the title. Null: it is of no monitor, or a template that leaves it out. */
export function transitionOf(fields: Fields): MonitorTransition | null {
  const names = ['alerttransition', 'transition', 'monitortransition', 'monitorstate', 'alertstate', 'state', 'status'];
  for (const name of names) {
    const text = fields.get(name);
    const found = text === undefined ? null : known(text);
    if (found !== null) return found;
  }
  for (const name of [...TITLE, 'text', 'message', 'body']) {
    const { transition } = readTitle(fields.get(name) ?? '');
    if (transition !== null) return transition;
  }
  // Under any other name, as Datadog spells it.
  const texts = [...fields.values()];
  const said = texts.find((text) => SPELT.test(text)) ?? titleAnywhere(fields);
  return said === undefined || said === null ? null : (known(said) ?? readTitle(said).transition);
}

const SPELT = /^(?:(?:Re-)?(?:Triggered|Warn|No Data)|Recovered|Renotify)$/;

/** A text that begins as Datadog's titles do, whatever the template calls it. */
export function titleAnywhere(fields: Fields): string | null {
  const begins = /^\[(?:P[1-5]\]\s*\[)?(?:(?:Re-)?(?:Triggered|Warn|No Data)|Recovered)\b/;
  return [...fields.values()].find((text) => begins.test(text)) ?? null;
}

export interface Title {
  readonly transition: MonitorTransition | null;
  /** `P4` */
  readonly priority: string | null;
  /** `host:web-1, env:production`: which of several that a monitor watches. */
  readonly scope: string | null;
  readonly isTest: boolean;
  /** What people call it. */
  readonly name: string;
}

const PART = /^\s*\[([^[\]]{0,300})\]\s*/;
const STATE = /^([A-Za-z][A-Za-z -]{1,20}?)(?:\s+on\s+\{?([^{}]*)\}?)?$/;

/** `[P4] [Re-Triggered on {host:web-1}] [TEST] Disk is full` */
export function readTitle(title: string): Title {
  let rest = title.slice(0, 2_000);
  let read: Omit<Title, 'name'> = { transition: null, priority: null, scope: null, isTest: false };
  for (let part = PART.exec(rest); part !== null; part = PART.exec(rest)) {
    const next = withPart(read, (part[1] ?? '').trim());
    if (next === null) break;
    read = next;
    rest = rest.slice(part[0].length);
  }
  return { ...read, name: rest.trim() };
}

/** Null: it belongs to the name. */
function withPart(read: Omit<Title, 'name'>, part: string): Omit<Title, 'name'> | null {
  if (part === '' || /^synthetics$/i.test(part)) return read;
  if (/^test$/i.test(part)) return { ...read, isTest: true };
  if (/^P[1-5]$/i.test(part)) return read.priority === null ? { ...read, priority: part.toUpperCase() } : null;
  const [, words = '', scope = ''] = STATE.exec(part) ?? [];
  const transition = known(words);
  if (transition === null || read.transition !== null) return null;
  return { ...read, transition, scope: scope.trim() || null };
}
