import { isRowRule } from '../markdown/block-signs.ts';
import { withoutComments } from '../markdown/comments.ts';
import { Fences } from '../markdown/fences.ts';
import { isLabel, isPlaceholder, isProbablyPlaceholder, saysNothing } from './placeholders.ts';
import { words } from './reading.ts';

/** Lines; no template is longer, and what follows stays as it is. */
const READ = 1_000;

interface Section {
  /** As written; the first section has none. */
  readonly heading: string;
  /** Of its words, in lower case. */
  readonly name: string;
  /** 1 to 6; 7 where it is only bold. 0: no heading. */
  readonly level: number;
  readonly lines: string[];
}

const HEADING = /^ {0,3}(#{1,6})[ \t]/;
const BOLD = /^(?:\*\*|__)[^*_]{1,200}(?:\*\*|__):?[ \t]*$/;
const UNDERLINE = /^ {0,3}(?:-{3,}|={3,})[ \t]*$/;
const TASK = /^[ \t]{0,8}[-*+] \[([ xX]?)\](?:[ \t]|$)/;

/** Headings of lists whose unticked boxes were never thought about. */
const CHOICES =
  /check ?list|types? of (?:the )?change|kind of change|before (?:you )?(?:submit|merg|open|creat)|tested|test plan|testing|guidelines/;
/** Here the ticked ones say nothing either. */
const CHECKLIST =
  /check ?list|before (?:you )?(?:submit|merg|open|creat)|prerequisites|guidelines|self[- ]review|code of conduct/;
const VOW = /^i(?:'ve| have)? (?:agree|accept|confirm|understand|read|searched|checked|verified)\b/i;
/** Headings of lists that people write themselves: what is not ticked is still to do. */
const PLANS = /tasks?|to-?do|plan$|steps|acceptance|remaining|next|scope|goal|milestone|deliverable/;
/** How the items of templates begin. */
const BOILERPLATE = new RegExp(
  String.raw`^(?:i\b|i've|my |this (?:pr|pull|change|is|require)|(?:unit )?tests?\b|docs?\b|documentation|new (?:feature|tests)|bug ?-?fix|feature\b|breaking|refactor|chore|(?:code )?style|build|ci\b|other|performance|added|updated|changelog|lint|self|yes\b|no\b|all |existing|any |the (?:title|code|commit|pr)|pr |commits?\b|non-breaking|hot ?fix|maintenance|config)`,
  'i',
);

/**
 * What was filled in of a template: without the sections nobody filled in, the boxes nobody ticked, and what the template says
 * itself. A body that is none stays as it is. Null: nothing was filled in.
 */
export function filled(body: string): string | null {
  const visible = withoutComments(body);
  const written = visible.split(/\r?\n/);
  const [lines, rest] = [written.slice(0, READ), written.slice(READ)];
  const isTemplate = visible.length < body.length || lines.some(isPlaceholder);
  const before = sectionsOf(lines);
  const after = before.map((section) => ({ ...section, lines: keptLines(section, isTemplate) }));
  if (![...after, { lines: rest }].some(isFilled)) return isTemplate || isForm(before) ? null : body;
  const kept = withFilledHeadings(after, isTemplate || before.length > 2);
  const [first] = kept;
  const isNamed = first !== undefined && first.level > 0 && saysNothing(first.name);
  const isWhole =
    kept.filter(({ level }) => level > 0).length === before.length - 1 &&
    after.every((one, at) => one.lines.length === before[at]?.lines.length);
  if (isWhole && !isNamed) return body;
  const text = kept.flatMap((one, at) => [
    ...(one.level > 0 && !(at === 0 && isNamed) ? [one.heading] : []),
    ...one.lines,
  ]);
  return [...text, ...rest].join('\n').trim() || null;
}

function sectionsOf(lines: readonly string[]): readonly Section[] {
  const sections: Section[] = [{ heading: '', name: '', level: 0, lines: [] }];
  const fences = new Fences();
  for (const [at, line] of lines.entries()) {
    const level = fences.isCode(line) ? 0 : levelOf(line, lines[at + 1] ?? '');
    if (level > 0)
      sections.push({ heading: line, name: words(line.replace(/^[ #]+/, '')).toLowerCase(), level, lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return sections;
}

function levelOf(line: string, next: string): number {
  const marks = HEADING.exec(line)?.[1];
  if (marks !== undefined) return marks.length;
  if (line.length < 200 && UNDERLINE.test(next) && /^ {0,3}[\p{L}\p{N}]/u.test(line)) return next.includes('=') ? 1 : 2;
  return BOLD.test(line) ? 7 : 0;
}

/** The lines of a section that its author wrote or ticked. */
function keptLines(section: Section, isTemplate: boolean): string[] {
  const { name, lines } = section;
  const areGone = areTemplates(section, isTemplate);
  const empty = isTemplate ? emptyTables(lines) : new Set<number>();
  const fences = new Fences();
  return lines.filter((line, at) => {
    if (fences.isCode(line)) return true;
    if (empty.has(at)) return false;
    if (areGone && isTask(line, ' ')) return false;
    if (isTask(line, 'x') && (CHECKLIST.test(name) || VOW.test(taskWords(line)))) return false;
    return !isTemplate || !(isPlaceholder(line) || isProbablyPlaceholder(line) || isLabel(line, lines[at + 1] ?? ''));
  });
}

/** Whether the boxes that nobody ticked are the template's. */
function areTemplates({ name, level, lines }: Section, isTemplate: boolean): boolean {
  if (CHOICES.test(name)) return true;
  if (PLANS.test(name)) return false;
  return isTemplate || (level > 0 && isBoilerplate(lines));
}

/** Of headings and boxes, without anything said: a form nobody filled in, or a person's heading or plan. */
function isForm(sections: readonly Section[]): boolean {
  const lines = sections.flatMap((section) => section.lines);
  return lines.some((line) => isTask(line, ' ')) ? isBoilerplate(lines) : sections.length !== 2;
}

function isFilled({ lines }: Pick<Section, 'lines'>): boolean {
  return lines.some((line) => line.trim() !== '' && !UNDERLINE.test(line));
}

function isBoilerplate(lines: readonly string[]): boolean {
  return lines.every((line) => !isTask(line, ' ') || BOILERPLATE.test(taskWords(line)));
}

/** Which lines belong to tables that have a head and nothing else. */
function emptyTables(lines: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at = 1; at < lines.length; at++) {
    const start = at - 1;
    const head = lines[start] ?? '';
    if (!head.includes('|') || !isRowRule(lines[at] ?? '', head)) continue;
    while (isBlankRow(lines[at + 1] ?? '')) at++;
    if (!lines[at + 1]?.includes('|')) for (let row = start; row <= at; row++) found.add(row);
  }
  return found;
}

/** A row of bars with nothing between them. */
function isBlankRow(line: string): boolean {
  return line.includes('|') && /^[\s|]+$/.test(line);
}

function isTask(line: string, mark: ' ' | 'x'): boolean {
  const ticked = TASK.exec(line)?.[1];
  return ticked !== undefined && (mark === 'x') === (ticked.toLowerCase() === 'x');
}

function taskWords(line: string): string {
  return words(line.replace(TASK, ''));
}

/** Without headings below which nothing is left, neither text nor another heading; one that says something by itself stays. */
function withFilledHeadings(sections: readonly Section[], dropsEmpty: boolean): readonly Section[] {
  const kept: Section[] = [];
  let below = 0;
  for (const section of sections.toReversed()) {
    const isSpoken = section.level > 0 && (!dropsEmpty || (section.level === 7 && /[.!]\W*$/.test(section.name)));
    if (!isFilled(section) && !isSpoken && !(section.level > 0 && below > section.level)) continue;
    below = section.level;
    kept.push(section);
  }
  return kept.toReversed();
}
