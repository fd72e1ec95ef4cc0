import type { Path } from '../place/yaml-map.ts';
import { mapping } from '../read/plain-data.ts';
import { exceptionKeyProblem } from '../retention/remarks-on-retention.ts';
import type { Rows } from '../rows/rows.ts';
import { knownKeys } from '../schema/file-schema.ts';
import { FILTER_KEYS } from '../schema/filter-schema.ts';
import { RULE_KEYS } from '../schema/rule-schema.ts';
import { nearest } from './did-you-mean.ts';

// Keys that a place does not know, and what to write in their stead.

const BEHIND_RUNS = 'it stands behind an event, as in `on: { workflow_run: { workflows: CI } }`.';

const KEPT = 'it belongs to `retention: { bodies: 30d, max_size: 10GB }`.';

const CALLS = 'write `expect: { team: [mona] }`: whom each destination calls.';

/** What other tools call it. */
const MEANT: Readonly<
  Record<
    'file' | 'defaults' | 'rule' | 'filter' | 'quiet' | 'labels' | 'branches' | 'test',
    Readonly<Record<string, string>>
  >
> = {
  file: {
    archive_to: KEPT,
    bodies: KEPT,
    channel: 'a channel belongs to a destination: `destinations: { team: { type: …, channel: … } }`.',
    ignore: 'it belongs to a rule, or for all rules to `defaults: { ignore: … }`.',
    max_size: KEPT,
    mention: 'it belongs to a rule, or for all rules to `defaults: { mention: … }`.',
    on: 'events belong to a rule: `rules: [{ on: { issues: [opened] } }]`.',
    port: 'it is a setting of the environment: `PORT=3000`, in .env.',
    public_url: 'it is a setting of the environment: `PUBLIC_URL=https://…`, in .env.',
    repositories: 'write `repos:`.',
    quiet:
      'quiet hours belong to a rule, or for all rules to `defaults: { quiet: { hours: "22:00-07:00", zone: Europe/Berlin } }`.',
  },
  defaults: {
    if: 'a condition belongs to a rule, which would lose it with its own.',
    name: 'a name belongs to a rule.',
    on: 'events belong to a rule: a default is what rules have in common.',
    stop: 'each rule says for itself that it is the last.',
  },
  rule: {
    actions: 'actions stand behind their event: `on: { issues: [opened] }`.',
    channel: 'a rule names destinations: `to: …`, and the destination has the channel.',
    condition: 'write `if:`.',
    defaults: 'it stands at the top of the file, for all rules.',
    destination: 'write `to:`.',
    destinations: 'write `to:`.',
    event: 'write `on:`.',
    events: 'write `on:`.',
    repository: 'write `repos:`.',
    repositories: 'write `repos:`.',
    workflow: BEHIND_RUNS,
    workflows: BEHIND_RUNS,
    when: 'write `on:` for events, `if:` for conditions.',
  },
  filter: {
    action: 'write `types:`.',
    actions: 'write `types:`.',
    base: 'write `branches: { base: … }`.',
    'branches-ignore': 'write `branches: ["!name"]`: ! leaves out.',
    amount: 'write `if: activity.amount > 100` beside `on`.',
    assigned: 'write `assignees:`.',
    assignee: 'write `assignees:`.',
    currency: 'write `currencies:`.',
    draft: 'write `ignore: drafts` beside `on`.',
    env: 'write `environments:`.',
    environment: 'write `environments:`.',
    events: 'write `types:`.',
    files: 'write `paths:`.',
    head: 'write `branches: { head: … }`.',
    'paths-ignore': 'write `paths: ["!name"]`: ! leaves out.',
    result: 'write `conclusion:`.',
    sandbox: 'write `ignore: test` beside `on`.',
    status: 'write `conclusion:`.',
    'tags-ignore': 'write `tags: ["!name"]`: ! leaves out.',
    test: 'write `ignore: test` beside `on`.',
    users: 'write `authors:`.',
    workflow_name: 'write `workflows:`.',
  },
  labels: {
    and: 'write `all:`.',
    exclude: 'write `none:`.',
    not: 'write `none:`.',
    or: 'write `any:`.',
    without: 'write `none:`.',
  },
  branches: { from: 'write `head:`.', source: 'write `head:`.', target: 'write `base:`.', to: 'write `base:`.' },
  test: { called: CALLS, calls: CALLS, mention: CALLS, mentions: CALLS },
  quiet: {
    from: 'write both as `hours: "22:00-07:00"`.',
    timezone: 'write `zone:`.',
    to: 'write both as `hours: "22:00-07:00"`.',
    tz: 'write `zone:`.',
  },
};

/** `actions is not a key here: write `types:`.` `holder` has the key. */
export function unknownKey(key: string, path: Path, holder: unknown, rows: Rows): string {
  if (path[0] === 'retention') return exceptionKeyProblem(key);
  const why = path[0] === 'destinations' ? whyNot(key, mapping(holder), rows) : null;
  if (why !== null) return `${key} is not a key here: ${why}.`;
  const known = knownKeys(path, mapping(holder), rows);
  const near = nearest(key, known);
  if (near !== undefined) return `${key} is not a key here. Did you mean "${near}"?`;
  const hint = elsewhere(key, path, rows);
  return hint === undefined
    ? `${key} is not a key here. Known: ${known.join(', ')}.`
    : `${key} is not a key here: ${hint}`;
}

/** What other destinations have. */
function whyNot(key: string, given: Readonly<Record<string, unknown>>, { channels }: Rows): string | null {
  const row = channels.get(String(given['type']));
  if (key === 'thread') return row?.whyNoThreads(given) ?? null;
  return key === 'card' ? (row?.whyNoCards(given) ?? null) : null;
}

/** An event that has it, where pull requests don't. */
const ASKED: Readonly<Record<string, string>> = {
  conclusion: 'workflow_run',
  severity: 'dependabot_alert',
  tags: 'create',
  transition: 'workflow_run',
  workflows: 'workflow_run',
};

function elsewhere(key: string, path: Path, rows: Rows): string | undefined {
  const place = placeOf(path);
  if (place === undefined) return undefined;
  if (Object.hasOwn(MEANT[place], key)) return MEANT[place][key];
  if (['file', 'defaults', 'rule'].includes(place) && FILTER_KEYS.includes(key))
    return `it stands behind an event of a rule, as in \`on: { ${ASKED[key] ?? 'pull_request'}: { ${key}: … } }\`.`;
  if (place === 'file') return rowHint(key, rows);
  if (place === 'filter' && RULE_KEYS.includes(key)) return 'it stands beside `on`, one level up.';
  return undefined;
}

/** The name of a row at the top of the file. */
function rowHint(key: string, { providers, channels }: Rows): string | undefined {
  const channel = channels.get(key)?.title;
  if (channel !== undefined) return `${channel} is a destination: \`destinations: { team: { type: ${key}, … } }\`.`;
  const provider = providers.get(key)?.title;
  return provider && `${provider} is a source: \`sources: { ${key}: { provider: ${key} } }\`.`;
}

function placeOf([section, name, key, event, filter]: Path): keyof typeof MEANT | undefined {
  if (section === undefined) return 'file';
  if (section === 'defaults') return name === undefined ? 'defaults' : name === 'quiet' ? 'quiet' : undefined;
  if (section === 'tests') return key === undefined ? 'test' : undefined;
  if (section !== 'rules') return undefined;
  if (key === undefined) return 'rule';
  if (key === 'quiet') return 'quiet';
  if (key !== 'on' || event === undefined) return undefined;
  if (filter === undefined) return 'filter';
  return filter === 'labels' || filter === 'branches' ? filter : undefined;
}
