import type { Form } from './form.ts';
import { linksIn, outside, type Table, tablesIn, urlIn, words } from './reading.ts';
import { notesIn, UNKNOWN, type Update, updateLines, type Weakness } from './updates.ts';

const OPENING = /This (?:PR|MR|pull request|merge request) contains the following updates?:/i;

/** Renovate: a table of updates, then what is known of each, then how it was configured. */
export const renovate: Form = ({ text, lines, author }) => {
  if (!author.includes('renovate') && !OPENING.test(text)) return null;
  const table = tablesIn(outside(lines)).find(({ columns }) => columns.includes('change'));
  if (table === undefined) return onboarding(text, lines);
  const updates = table.rows.flatMap((row) => updateOf(table, row));
  if (updates.length === 0) return null;
  const notes = sectionOf(lines, 'Release Notes');
  return updateLines(updates, weaknesses(lines), notesIn(notes));
};

function updateOf({ columns }: Table, row: readonly string[]): readonly Update[] {
  const cell = (column: string) => row[columns.indexOf(column)] ?? '';
  const [change, kind] = [cell('change'), words(cell('update'))];
  if (kind === 'lockFileMaintenance') {
    return [{ ...UNKNOWN, name: 'all lock files', note: 'refreshed' }];
  }
  const package_ = linksIn(cell('package'))[0];
  const name = package_?.text || words(cell('package')).replace(/ \(.*$/, '');
  const [from, to] = words(change)
    .split(/->|→/)
    .map((version) => version.trim());
  if (name === '' || !to) return [];
  const compare = urlIn(change);
  return [{ name, home: package_?.url ?? null, from: from || null, to, compare, note: NOTES.get(kind) ?? null }];
}

/** What its column `Update` says that the versions do not. */
const NOTES: ReadonlyMap<string, string> = new Map([
  ['major', 'major'],
  ['pin', 'pinned'],
  ['pinDigest', 'pinned'],
  ['replacement', 'replaced'],
  ['rollback', 'rolled back'],
]);

const WEAKNESS = /^(?:CVE-\d{4}-\d{1,9}|GHSA(?:-\w{4}){3})$/;

/** Headings with a weakness below: `### GHSA title`, `[CVE-…](…) / [GHSA-…](…)`, and later `CVSS Score: 7.5 / 10 (High)`. */
function weaknesses(lines: readonly string[]): readonly Weakness[] {
  const found = new Map<string, Weakness>();
  let title = '';
  let last = '';
  for (const line of lines) {
    if (/^#{1,6} +Release Notes/.test(line)) break;
    const score = /CVSS Score: [^()]{0,80}\((\w{1,20})\)|^- Severity: `?(\w{1,20})/.exec(line);
    const severity = score?.[1] ?? score?.[2];
    const known = found.get(last);
    if (severity !== undefined && known !== undefined && severity !== 'Unknown')
      found.set(last, { ...known, severity });
    const link = linksIn(line).find(({ text }) => WEAKNESS.test(text));
    if (link !== undefined && !line.startsWith('- ') && !found.has(link.text)) {
      last = link.text;
      found.set(last, { name: last, url: link.url, severity: null, about: title });
    }
    if (/^#{1,6} /.test(line)) title = headingOf(line);
  }
  return [...found.values()];
}

/** '' where a heading names nothing: a part of the form, or the weakness itself. */
function headingOf(line: string): string {
  const title = words(line.replace(/^#+/, ''));
  // `cryptography: …`
  return /Vulnerability Alerts$|^(?:Details|Severity|References|Impact|Patches|Workarounds|Summary)$|CVE-|GHSA-/.test(
    title,
  )
    ? ''
    : title.replace(/^\S{1,100}: /, '');
}

function sectionOf(lines: readonly string[], name: string): readonly string[] {
  const start = lines.findIndex((line) => line.startsWith('### ') && words(line.slice(4)) === name);
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^### Configuration\b/.test(line));
  return end < 0 ? rest : rest.slice(0, end);
}

/** The first one of all, `Configure Renovate`: what it would open. */
function onboarding(text: string, lines: readonly string[]): readonly string[] | null {
  if (!text.includes('onboarding')) return null;
  const titles = sectionOf(lines, 'What to Expect').flatMap((line) =>
    line.startsWith('<summary>') ? [words(line)] : [],
  );
  return titles.length === 0 ? null : ['Once merged, it opens:', ...titles.slice(0, 7).map((title) => `- ${title}`)];
}
