import { suggest } from '../../shared/suggest.ts';
import { ACTIVITY_FIELDS } from './condition-fields.ts';

// What people write in `if:` that is no CEL, or no CEL about an activity, and what they mean by it.

interface Place {
  readonly start: number;
  readonly end: number;
}

/** In words, with what to write. `summary` is CEL's own. Undefined: it is no slip that is known. */
export type Slip = (text: string, summary: string, place: Place) => string | undefined;

export const conditionSlip: Slip = (text, summary, place) => {
  const source = text.slice(place.start, place.end);
  const [, trouble = '', rest = ''] =
    /^(no such overload|found no matching overload for|No such key|Unknown variable|Unexpected character|List index|Unexpected token: EOF|Expected \w+, got EOF)[:' ]*(.*)$/s.exec(
      summary,
    ) ?? [];
  switch (trouble) {
    case 'no such overload':
      return unlike(source, rest);
    case 'found no matching overload for':
      return noSuchCall(source, rest);
    case 'No such key':
      return noSuchField(rest, text.slice(0, place.start));
    case 'Unknown variable':
      return noSuchName(rest, text.slice(0, place.start));
    case 'Unexpected character':
      return text.startsWith('=~', place.start)
        ? 'a pattern is asked for with matches: x.matches("…").'
        : notAnOperator(text, place);
    case 'List index':
      return source === 'length' || source === 'size'
        ? 'the length of a list is size(…), as in size(activity.labels) > 2.'
        : undefined;
    case '':
      return undefined;
    default:
      return 'it ends too early: a bracket is open, or something is missing at the end.';
  }
};

/** The part of a thing that people compare. */
export const CALLED = {
  actor: 'activity.actor.login',
  repo: 'activity.repo.fullName',
  subject: 'activity.subject.title',
} as const;

/** `activity.actor == "mona"`, and others whose sides are not of one kind. */
function unlike(source: string, kinds: string): string | undefined {
  const thing = /\$activity\.(actor|repo|subject)\b/.exec(kinds)?.[1] as keyof typeof CALLED | undefined;
  if (thing !== undefined) {
    return `activity.${thing} has several fields, and a text is compared with one: write ${source.replace(/activity\.(?:actor|repo|subject)\b(?!\.)/, CALLED[thing])}.`;
  }
  const [, left = '', operator = '', right = ''] = /^(.*?)\s*([!=]=)\s*(.*)$/s.exec(source) ?? [];
  const not = operator === '!=' ? '!' : '';
  if (/^list<string> in list<string>$/.test(kinds)) {
    const [, list = '', wanted = ''] = /^(.*?)\s+in\s+(.*)$/s.exec(source) ?? [];
    return `a list is not in a list: write ${list}.exists(each, each in ${wanted}).`;
  }
  if (/^list<string> [!=]= string$/.test(kinds)) return `a list holds texts: write ${inside(not, right, left)}.`;
  if (/^string [!=]= list<string>$/.test(kinds)) return `a list holds texts: write ${inside(not, left, right)}.`;
  if (/\bnull$/.test(kinds)) {
    return `what an event does not have is left out: write ${not === '' ? '!' : ''}has(${left}).`;
  }
  if (/^(?:int|bool) [!=]= string$/.test(kinds)) {
    return `numbers, true and false stand without quotes: write ${left} ${operator} ${right.replaceAll(/["']/g, '')}.`;
  }
  return undefined;
}

function inside(not: string, text: string, list: string): string {
  return not === '' ? `${text} in ${list}` : `!(${text} in ${list})`;
}

const METHODS: Readonly<Record<string, string>> = {
  endswith: 'endsWith',
  equals: '==',
  has: 'contains',
  includes: 'contains',
  match: 'matches',
  startswith: 'startsWith',
  test: 'matches',
};

/** `activity.labels.contains("bug")`, `activity.subject.title.includes("x")` */
function noSuchCall(source: string, call: string): string | undefined {
  const [, kind = '', name = ''] = /^(.+?)\.(\w+)\(/.exec(call) ?? [];
  const [, receiver = '', argument = ''] = /^(.*)\.\w+\(\s*(.*?)\s*\)$/s.exec(source) ?? [];
  if (kind.startsWith('list') && /^(?:contains|includes|has)$/.test(name)) {
    return `a list is asked with in: write ${argument} in ${receiver}.`;
  }
  if (/^'?(?:len|length|count)\(/.test(call))
    return `what is counted is size(…): write size(${/\((.*)\)$/s.exec(source)?.[1] ?? ''}).`;
  const meant = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (meant === undefined) return undefined;
  return `there is no ${name}: write ${meant === '==' ? `${receiver} == ${argument}` : `${receiver}.${meant}(${argument})`}.`;
}

/** What payloads call them. */
const IN_PAYLOADS: Readonly<Record<string, string>> = {
  body: 'activity.excerpt',
  draft: 'activity.isDraft',
  organization: 'activity.org',
  ref: 'activity.branch',
  repository: 'activity.repo.fullName',
  sender: 'activity.actor.login',
  user: 'activity.actor.login',
};

/** `activity.title`, which is `activity.subject.title`; `activity.actor.name`, which is nothing. */
function noSuchField(name: string, before: string): string | undefined {
  const holder = /activity\.(actor|repo|subject)\.\s*$/.exec(before)?.[1] as keyof typeof CALLED | undefined;
  if (holder !== undefined) {
    const fields = Object.keys(ACTIVITY_FIELDS[holder]);
    if (suggest(name, fields) !== undefined) return undefined;
    return `activity.${holder} has no "${name}". There is: ${fields.join(', ')}.`;
  }
  const [meant] = Object.hasOwn(IN_PAYLOADS, name) ? [IN_PAYLOADS[name]] : pathsOf(name);
  return meant === undefined ? undefined : `an activity has no "${name}" of its own: write ${meant}.`;
}

/** `author`, which is `activity.author`; `mona`, which is a text. */
function noSuchName(name: string, before: string): string | undefined {
  const [meant] = Object.hasOwn(ACTIVITY_FIELDS, name) ? [`activity.${name}`] : pathsOf(name);
  if (meant !== undefined) return `"${name}" is not known here: write ${meant}.`;
  if (/^(?:yes|no|on|off|True|False)$/.test(name))
    return `write ${/^(?:yes|on|True)$/.test(name) ? 'true' : 'false'} for ${name}.`;
  if (/(?:[!=]=|[([,]|\bin)\s*$/.test(before)) return `a text stands in quotes: write "${name}".`;
  return undefined;
}

/** Where a name is found one level down. */
function pathsOf(name: string): readonly string[] {
  return Object.entries(ACTIVITY_FIELDS).flatMap(([field, type]) =>
    typeof type !== 'string' && Object.hasOwn(type, name) ? [`activity.${field}.${name}`] : [],
  );
}

const OPERATORS: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!', is: '==', eq: '==', ne: '!=' };

/** `and`, `or`, `not`, `is`: CEL stumbles over the word, or over what follows it. */
function notAnOperator(text: string, { start, end }: Place): string | undefined {
  const here = /^\w+/.exec(text.slice(start, Math.max(end, start + 5)))?.[0] ?? '';
  const before = /(\w+)\s*$/.exec(text.slice(0, start))?.[1] ?? '';
  const word = [here, before].find((each) => Object.hasOwn(OPERATORS, each.toLowerCase()));
  return word === undefined ? undefined : `"${word}" is written ${OPERATORS[word.toLowerCase()]} in CEL.`;
}
