import type { Activity } from '../../src/model/activity.ts';
import { type ActionFate, type EventCatalog, whyMinor, whyNever } from '../../src/model/event-catalog.ts';
import { kindOf } from '../../src/model/kind.ts';
import type { Normalised } from '../../src/model/source.ts';
import { EVENTS } from '../../src/sources/github/events.ts';
import { sentence } from '../../src/text/sentence.ts';
import { type Case, recorded, written } from './payloads.ts';
import { tell } from './tell.ts';

/** What becomes of one event and action. */
export interface Row {
  readonly pair: string;
  readonly event: string;
  /** `` `opened` ``, or what stands for it. */
  readonly action: string;
  readonly when: 'always' | 'named' | 'never' | 'unknown';
  /** Null where it is always told, or where nobody gave one. */
  readonly reason: string | null;
  readonly activity: Activity | null;
}

/** A provider's events, and payloads to show them by: first those that were written because the recorded ones say too little. */
export interface Catalogued {
  readonly title: string;
  readonly events: EventCatalog;
  readonly cases: () => readonly Case[];
  tell(type: string, payload: unknown): Normalised;
}

export const GITHUB: Catalogued = {
  title: 'GitHub',
  events: EVENTS,
  cases: () => [...written(), ...recorded()],
  tell,
};

function intro(title: string): string {
  return `# What Tidings posts

Every event and action that ${title} sends, with a sentence as it reads on a phone. Name them under \`on:\` in
[tidings.yaml](configuration.md#rules): \`issues: [opened, closed]\`. An event alone, \`issues:\`, asks for everything marked
**posted**. What is marked *if named* comes often or says little, and is posted only if a rule names the action. What is marked
*never* is covered by another event. What ${title} invents after this list is posted in plain words: who, what and where.
`;
}

/** docs/catalog.md, made of what the normalisers and renderers say now. */
export function catalogPage(provider = GITHUB): string {
  const rows = catalog(provider);
  const sections = Object.keys(provider.events).map((event) =>
    section(
      event,
      rows.filter((row) => row.event === event),
    ),
  );
  return [intro(provider.title), ...sections].join('\n');
}

/** A row for each action of each event, in their order. */
export function catalog(provider = GITHUB): readonly Row[] {
  const cases = provider.cases();
  return Object.entries(provider.events).flatMap(([event, { actions }]) =>
    Object.entries(actions).map(([action, fate]) => {
      const pair = kindOf(event, action === '' || action === '*' ? null : action);
      const told = () => allTold(provider, { pair, isAny: action === '*' }, cases);
      return { pair, event, action: ACTIONS[action] ?? `\`${action}\``, ...outcome(fate, told) };
    }),
  );
}

const ACTIONS: Readonly<Record<string, string>> = { '': '–', '*': 'any, as its sender names it' };

function outcome(fate: ActionFate, allOf: () => readonly Activity[]): Pick<Row, 'when' | 'reason' | 'activity'> {
  const never = whyNever(fate);
  if (never !== null) return { when: 'never', reason: never, activity: null };
  const told = allOf();
  const minor = whyMinor(fate);
  // Some pairs are minor by what they hold: a review without a verdict. The other case is the sentence to show.
  const activity = told.find(({ isMinor }) => isMinor === (minor !== null)) ?? told[0] ?? null;
  if (activity === null) return { when: 'unknown', reason: null, activity };
  return { when: activity.isMinor ? 'named' : 'always', reason: minor, activity };
}

interface Wanted {
  readonly pair: string;
  /** Whatever its action. */
  readonly isAny: boolean;
}

/** A merged pull request is `closed` to GitHub: only its normaliser knows the pair. */
function allTold({ tell: told }: Catalogued, { pair, isAny }: Wanted, cases: readonly Case[]): readonly Activity[] {
  return cases
    .filter(({ type }) => pair === type || pair.startsWith(`${type}.`))
    .flatMap(({ type, payload }) => {
      const normalised = told(type, payload);
      const isIt = normalised.kind === 'activity' && (normalised.activity.kind === pair || isAny);
      return isIt ? [normalised.activity] : [];
    });
}

const WHEN = { always: '**posted**', named: '*if named*', never: '*never*', unknown: '?' } as const;

function section(event: string, rows: readonly Row[]): string {
  const lines = rows.map(({ action, when, reason, activity }) => {
    const said = activity === null ? '' : escape(sentence(activity));
    return `| ${[action, WHEN[when], [said, reason && `*${escape(reason)}*`].filter(Boolean).join('<br>')].join(' | ')} |`;
  });
  return `## ${event}\n\n| action | when | reads |\n|---|---|---|\n${lines.join('\n')}\n`;
}

/** Plain text as Markdown in a table's cell. */
function escape(text: string): string {
  return text.replace(/[\\`*_<>|~]|\[(?=[^\]]*\]\()/g, (mark) => `\\${mark}`);
}
