import { HOURS } from '../describe/quiet-text.ts';
import type { Path } from '../place/yaml-map.ts';
import { valueAt } from '../read/plain-data.ts';
import type { Rows } from '../rows/rows.ts';

// What to write instead: of the sections and of rules as it stands here, of sources and destinations as their rows say.

const HINTS: Readonly<Record<string, string>> = {
  bodies: 'say how long, as in `bodies: 30d`.',
  on: 'say which events it is about, as in `on: { issues: [opened] }`.',
  zone: 'say where these hours are, as in `zone: Europe/Berlin`.',
  name: 'say in words what is expected.',
  expect: 'name the destinations that are told; `[]` is nobody.',
  template: 'write a line, as in `template: "Order {{ payload.id }}"`.',
  quiet: 'give it hours with their zone, or write `quiet: never`.',
};

type Form = (value: unknown, rows: Rows) => string;

/** How a section is written, said when it is of another kind. */
const SECTIONS: Readonly<Record<string, Form>> = {
  defaults: () => 'what rules have in common: write `defaults: { ignore: bots }`',
  destinations: (_, rows) =>
    `names with their settings: write \`destinations: { team: { type: ${firstType(rows)}, … } }\``,
  people: (_, rows) => `logins with their ids: write \`people: { mona: ${firstId(rows)} }\``,
  repos: () =>
    'names with their repositories: write `repos: { backend: [acme/api, acme/jobs] }`, or for all rules `defaults: { repos: … }`',
  retention: () => 'terms: write `retention: { bodies: 30d, events: 180d }`',
  rules: () => 'a list: begin each rule with `- `, as in `- on: issues`',
  sources: (_, { byDefault }) => `names with their settings: write \`sources: { ${byDefault.provider}: { … } }\``,
  teams: () => 'teams with their members: write `teams: { acme/backend: { members: [mona] } }`',
  tests: () => 'a list: begin each test with `- `, as in `- name: …`',
};

/** The same of keys within them. */
const KEYS: Readonly<Record<string, Form>> = {
  expect: () => 'destinations: write `expect: [team]`, or with whom it calls there, `expect: { team: [mona] }`',
  ignore: () => 'a list, such as [bots, drafts]; [] is nothing',
  on: () => 'events: write `on: { issues: [opened] }`',
  quiet: (value) =>
    isWord(value)
      ? 'hours with their zone, or never: write `quiet: never`'
      : `hours with their zone: write \`quiet: { hours: ${hoursIn(value)}, zone: Europe/Berlin }\``,
  template: () => 'a line of text: write `template: "Order {{ payload.id }}"`',
  set: () => 'paths with their values: write `set: { issue.title: Uploads fail }`',
};

/** `none`, `off`, `false`: whoever writes no time wants none. */
function isWord(value: unknown): boolean {
  return value === false || (typeof value === 'string' && /^[a-z]+$/i.test(value));
}

function hoursIn(value: unknown): string {
  return `"${typeof value === 'string' && HOURS.test(value) ? value : '22:00-07:00'}"`;
}

/** How the value at that place is written. Undefined: nothing is known beyond its kind. */
export function formOf(place: Path, value: unknown, rows: Rows): string | undefined {
  const name = String(place.at(-1));
  const forms = place.length === 1 ? SECTIONS : KEYS;
  return Object.hasOwn(forms, name) ? forms[name]?.(value, rows) : undefined;
}

/** `{ type: slack, webhook_url: … }` */
export function settingsForm(rows: Rows): string {
  return `{ type: ${firstType(rows)}, ${firstKey(rows)}: … }`;
}

/** What to write where the key is missing. A row's own keys come before the others: what a destination calls `on` is its to say. */
export function hintFor(data: unknown, path: Path, rows: Rows): string | undefined {
  const [section, name, key] = path;
  if (section !== 'sources' && section !== 'destinations') return HINTS[String(path.at(-1))];
  if (key === 'type') return `say which kind it is: ${[...rows.channels.keys()].join(', ')}.`;
  const type = valueAt(data, [section, String(name), section === 'sources' ? 'provider' : 'type']);
  const named = section === 'sources' ? rows.providers : rows.channels;
  return named.get(String(type))?.schema.keys[String(key)]?.hint;
}

export function rowsAt([section]: Path, { providers, channels }: Rows): readonly string[] {
  return [...(section === 'sources' ? providers : channels).keys()];
}

function firstType({ channels }: Rows): string {
  return [...channels.keys()][0] ?? '…';
}

function firstKey({ channels }: Rows): string {
  return Object.keys([...channels.values()][0]?.schema.keys ?? {})[0] ?? '…';
}

function firstId({ channels }: Rows): string {
  return [...channels.values()].find(({ schema }) => schema.person)?.schema.person?.example ?? '…';
}
