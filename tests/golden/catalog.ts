import type { Activity } from '../../src/model/activity.ts';
import { type ActionFate, actionsOf, fateOf } from '../../src/model/event-catalog.ts';
import { kindOf } from '../../src/model/kind.ts';
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

const INTRO = `# What Tidings posts

Every event and action that GitHub sends, with a sentence as it reads on a phone. Name them under \`on:\` in
[tidings.yaml](configuration.md#rules): \`issues: [opened, closed]\`. An event alone, \`issues:\`, asks for everything marked
**posted**. What is marked *if named* comes often or says little, and is posted only if a rule names the action. What is marked
*never* is covered by another event. What GitHub invents after this list is posted in plain words: who, what and where.
`;

/** docs/catalog.md, made of what the normalisers and renderers say now. */
export function catalogPage(): string {
  const rows = catalog();
  const sections = Object.keys(EVENTS).map((event) =>
    section(
      event,
      rows.filter((row) => row.event === event),
    ),
  );
  return [INTRO, ...sections].join('\n');
}

/** A row for each pair of EVENTS, in its order. */
export function catalog(): readonly Row[] {
  const cases = [...recorded(), ...written()];
  return pairs().map(({ fate, ...row }) => ({ ...row, ...outcome(row.pair, fate, cases) }));
}

interface Pair extends Pick<Row, 'event' | 'pair' | 'action'> {
  readonly fate: ActionFate | undefined;
}

function pairs(): readonly Pair[] {
  return Object.entries(EVENTS).flatMap(([event, known]) => {
    const actions = actionsOf(known);
    if (actions === null)
      return [{ event, pair: event, action: 'any, as its sender names it', fate: fateOf(known, null) }];
    if (actions.length === 0) return [{ event, pair: event, action: '–', fate: fateOf(known, null) }];
    return actions.map((action) => ({
      event,
      pair: kindOf(event, action),
      action: `\`${action}\``,
      fate: fateOf(known, action),
    }));
  });
}

function outcome(
  pair: string,
  fate: ActionFate | undefined,
  cases: readonly Case[],
): Pick<Row, 'when' | 'reason' | 'activity'> {
  if (typeof fate === 'object' && 'never' in fate) return { when: 'never', reason: fate.never, activity: null };
  const told = allTold(pair, cases);
  const minor = typeof fate === 'object' && 'minor' in fate ? fate.minor : null;
  // Some pairs are minor by what they hold: a review without a verdict. The other case is the sentence to show.
  const activity = told.find(({ isMinor }) => isMinor === (minor !== null)) ?? told[0] ?? null;
  if (activity === null) return { when: 'unknown', reason: null, activity };
  return { when: activity.isMinor ? 'named' : 'always', reason: minor, activity };
}

/** Recorded payloads come first. A merged pull request is `closed` to GitHub. */
function allTold(pair: string, cases: readonly Case[]): readonly Activity[] {
  return cases
    .filter(({ type }) => pair === type || pair.startsWith(`${type}.`))
    .flatMap(({ type, payload }) => {
      const told = tell(type, payload);
      const isIt = told.kind === 'activity' && (told.activity.kind === pair || isOpen(pair));
      return isIt ? [told.activity] : [];
    });
}

function isOpen(event: string): boolean {
  const known = EVENTS[event];
  return known !== undefined && actionsOf(known) === null;
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
