import type { Ignorable, Rule } from '../../model/rule.ts';
import { list, mapping } from '../read/plain-data.ts';

/** What a rule is about and whom it tells, in pieces and in one sentence. */
export interface RuleWords {
  readonly on: readonly string[];
  /** Of which repositories and sources. Null: any. */
  readonly of: string | null;
  readonly to: readonly string[];
  /** What else it asks or does. */
  readonly details: readonly string[];
  readonly says: string;
}

const IGNORED: Readonly<Record<Ignorable, string>> = {
  bots: 'what bots do',
  drafts: 'drafts',
  forks: 'what comes from forks',
  test: 'what happens in a test mode',
  own: 'what people did themselves',
};

/** `described`: as `redactedRule` has it, so that nothing here is a secret; a text stands where a variable's value would. */
export function ruleWords({ repos, sources }: Rule, described: Readonly<Record<string, unknown>>): RuleWords {
  const on = Object.entries(mapping(described['on'])).flatMap(([type, filter]) => eventWords(type, mapping(filter)));
  const to = typeof described['to'] === 'string' ? [described['to']] : list(described['to']).map(String);
  const where = [
    ...(repos === null ? [] : [`of ${placesIn(described['repos'])}`]),
    ...(sources === null ? [] : [`from ${placesIn(described['sources'])}`]),
  ];
  const of = where.length === 0 ? null : where.join(' ');
  const details = [
    clause('if', (text) => `only if ${text}`),
    clause('ignore', (text) => `not ${text}`),
    clause('settle', (text) => `${text} later, once labels are there`),
    clause('after', (text) => `only where nothing happens for ${text}`),
    described['quiet'] === undefined ? [] : [`later in quiet hours (${wordsOfMapping(described['quiet'])})`],
    clause('mention', (text) => `calling ${text}`),
    described['template'] === undefined ? [] : ['in words of its own'],
    described['stop'] === true ? ['and no later rule is asked'] : [],
  ].flat();

  function clause(key: string, say: (text: string) => string): readonly string[] {
    return described[key] === undefined ? [] : [say(words(described[key]))];
  }

  const whom = to.length === 0 ? 'nobody' : and(to);
  return {
    on,
    of,
    to,
    details,
    says: `${sentenceCase(and(on))}${of === null ? '' : ` ${of}`} → ${[whom, ...details].join('; ')}`,
  };
}

/** `issues.opened`, `push with branches main`. */
function eventWords(type: string, { types, ...filters }: Readonly<Record<string, unknown>>): readonly string[] {
  const named = type === '*' ? 'everything else' : type;
  const events = types === undefined ? [named] : list(types).map((action) => `${type}.${String(action)}`);
  const asked = Object.entries(filters).map(([key, value]) => `${key} ${wordsOfFilter(value)}`);
  return asked.length === 0 ? events : events.map((event) => `${event} with ${asked.join(' and ')}`);
}

/** `acme/* or octo/*, not acme/secret` */
function placesIn(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  const { out = [], wanted = [] } = Object.groupBy(value.map(String), (each) =>
    each.startsWith('!') ? 'out' : 'wanted',
  );
  const not = out.length === 0 ? '' : `not ${or(out.map((each) => each.slice(1)))}`;
  return [wanted.length === 0 ? 'any' : or(wanted), not].filter((part) => part !== '').join(', ');
}

function wordsOfFilter(value: unknown): string {
  return Array.isArray(value) ? or(value.map(String)) : wordsOfMapping(value);
}

function wordsOfMapping(value: unknown): string {
  if (typeof value === 'string') return value;
  return Object.entries(mapping(value))
    .map(([key, each]) => {
      const named = Array.isArray(each) ? or(each.map(String)) : String(each);
      return key === 'any' ? named : `${key === 'none' ? 'none of' : key} ${named}`;
    })
    .join(', ');
}

function words(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return or(value.map((each) => IGNORED[String(each) as Ignorable] ?? String(each)));
}

function and(texts: readonly string[]): string {
  return texts.length > 2 ? `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}` : texts.join(' and ');
}

function or(texts: readonly string[]): string {
  return texts.length > 2 ? `${texts.slice(0, -1).join(', ')} or ${texts.at(-1) ?? ''}` : texts.join(' or ');
}

/** Names of events stay as they are written. */
function sentenceCase(text: string): string {
  return text.startsWith('everything') ? `E${text.slice(1)}` : text;
}
