import { enumerated } from '../words.ts';
import { fits, listLines } from './form.ts';
import { withoutReferences, words } from './reading.ts';
import { asMarkdown, linked, linkOrNull } from './writing.ts';

/** One thing that gets another version. */
export interface Update {
  readonly name: string;
  /** Its page; null: unknown. */
  readonly home: string | null;
  /** Null: it had none, or nobody says. */
  readonly from: string | null;
  readonly to: string | null;
  /** What lies between the two; null: no page shows it. */
  readonly compare: string | null;
  /** What is special about it: `major`, `pinned`. */
  readonly note: string | null;
}

/** Which version leads to which. */
export type Step = Pick<Update, 'name' | 'from' | 'to'>;

/** Of an update of which a bot says little. */
export const UNKNOWN = { home: null, from: null, to: null, compare: null, note: null } as const;

export interface Weakness {
  /** `CVE-2026-45590`, `Prototype Pollution` */
  readonly name: string;
  readonly url: string | null;
  /** `high`; null: nobody says. */
  readonly severity: string | null;
  /** What it is, where the name does not say; else ''. */
  readonly about: string;
}

/** Updates with what they mend; of one alone also what its release notes say. */
export function updateLines(
  updates: readonly Update[],
  fixed: readonly Weakness[] = [],
  notes: readonly string[] = [],
): readonly string[] {
  const lines = [...new Set(updates.map(updateLine))];
  const fixes = fixed.toSorted((a, b) => rank(a) - rank(b)).map(fixLine);
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return listLines([only], fixes.length > 0 ? fixes : notes);
  if (fits([...lines, ...fixes])) return listLines([], [...lines, ...fixes]);
  const groups = alike(updates);
  return listLines(
    [],
    [...groups.map(groupLine), ...fixes],
    groups.map((group) => group.length),
  );
}

/** Where there are too many for a line each, those that go the same way share one. */
function alike(updates: readonly Update[]): readonly (readonly Update[])[] {
  const known = new Map(updates.map((update) => [updateLine(update), update]));
  return [...Map.groupBy(known.values(), ({ from, to, note }) => JSON.stringify([from, to, note])).values()];
}

function groupLine(group: readonly Update[]): string {
  const [first] = group;
  if (first === undefined || group.length === 1) return first === undefined ? '' : updateLine(first);
  const names = group.map(({ name }) => asMarkdown(name, 60));
  return `${enumerated(names, 5) ?? ''}: ${wayOf({ ...first, compare: null })}`;
}

function updateLine(update: Update): string {
  return `${linked(update.name, update.compare === null ? update.home : null)} ${wayOf(update)}`;
}

/** `8.11.0 → 8.12.2`, `pinned to 11bd719`, `removed`. */
function wayOf({ from, to, compare, note }: Update): string {
  if (to === null) return note ?? 'updated';
  if (from === null) return `${note ?? 'updated'} to ${linkOrNull(short(to), compare) ?? version(to)}`;
  const reason = note ?? (isMajor(from, to) ? 'major' : null);
  const way = linkOrNull(`${short(from)} → ${short(to)}`, compare) ?? `${version(from)} → ${version(to)}`;
  return `${way}${reason === null ? '' : ` (${reason})`}`;
}

/** A commit of another project is no commit of this one, and no link to it. */
function version(text: string): string {
  const shown = short(text);
  return /^[0-9a-f]{7,40}$/.test(shown) ? `\`${shown}\`` : asMarkdown(shown, 60);
}

function fixLine({ name, url, severity, about }: Weakness): string {
  const level = severity === null ? '' : ` (${asMarkdown(severity.toLowerCase(), 20)})`;
  return `fixes ${linked(name, url)}${level}${about === '' ? '' : `: ${foreign(about, 90)}`}`;
}

const SEVERITIES = ['critical', 'high', 'medium', 'moderate', 'low'];

function rank({ severity }: Weakness): number {
  const at = SEVERITIES.indexOf(severity?.toLowerCase() ?? '');
  return at < 0 ? SEVERITIES.length : at;
}

/** A commit or digest as people call it. */
function short(version: string): string {
  return /^(?:[a-z0-9]{3,9}:)?[0-9a-f]{32,128}$/.test(version) ? version.replace(/^.*:/, '').slice(0, 7) : version;
}

/** `8.57.1` → `9.0.0`; years are no majors, nor are 0.x. */
function isMajor(from: string | null, to: string | null): boolean {
  const [before, after] = [from, to].map((version) => /^\D{0,3}(\d{1,3})(?![\da-f])/.exec(version ?? '')?.[1]);
  return before !== undefined && after !== undefined && Number(after) > Number(before) && Number(before) > 0;
}

const NAME = '([^\\s,]{1,200})';
const SENTENCE = new RegExp(
  `(?:^|\\s)(?:bumps?|updates?|upgrades?|dependency|devDependency) ${NAME}(?: was updated)? from (\\S{1,100}) to (\\S{1,100}?)[.,;]?(?=\\s|$)`,
  'i',
);

/** `Bumps [lodash](…) from 4.17.20 to 4.17.21.`, as most updaters put it. */
export function updateIn(line: string): Step | null {
  return line.includes(' from ') ? stepIn(SENTENCE.exec(words(line))) : null;
}

/** What a pattern found whose groups are a name and two versions. */
export function stepIn(match: RegExpExecArray | null): Step | null {
  const [, name = '', from = '', to = ''] = match ?? [];
  return match === null ? null : { name, from, to };
}

/** Nobody who takes the update in is concerned. */
const HOUSEKEEPING =
  /^(?:bump|chore|ci|build|tests?|style|docs?|refactor|update (?:dependency|readme|changelog)|merge|full changelog|this was a version bump|@?\S{1,40} made their first|thank|see )\b/i;
const NOTES = 4;

/** What release notes list, in Markdown or HTML: the first few entries, without references and credits. */
export function notesIn(lines: readonly string[]): readonly string[] {
  const entries = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (entries.size >= NOTES) break;
    const entry = /^(?:<ul>)? ?(?:<li>|[-*+] )(.*)/.exec(line)?.[1];
    const said = entry === undefined ? '' : withoutCredits(words(entry || (lines[at + 1] ?? '')));
    if (said.length > 8 && !HOUSEKEEPING.test(said)) entries.add(foreign(said, 80));
  }
  return [...entries];
}

/** What another project says: its `#12` is no issue of this one, and no link to it. */
function foreign(text: string, max: number): string {
  return asMarkdown(text, max).replace(/#(?=\d)/g, '#\u200b');
}

/** Without a commit in front and credits behind. */
function withoutCredits(entry: string): string {
  return withoutReferences(entry.replace(/^[0-9a-f]{7,40}:? (?:- )?/, '')).replace(
    /(?: -)? by @\S{1,40} in \S{1,300}$/,
    '',
  );
}
