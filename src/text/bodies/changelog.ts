import { type Body, type Form, fits, LINES, listLines } from './form.ts';
import { linksIn, urlIn, withoutReferences, words } from './reading.ts';
import { asMarkdown, linked } from './writing.ts';

interface Release {
  /** Of several packages; '' of one. */
  readonly name: string;
  readonly version: string;
  /** What lies between this one and the one before. */
  compare: string | null;
  readonly sections: Section[];
}

interface Section {
  readonly title: string;
  readonly entries: string[];
}

const ROBOT = /I have created a release \*beep\* \*boop\*|This PR was generated with \[Release Please\]/;
const ACTION = /opened by the \[Changesets release\]/;
const CHANGESETS = /^#{2,4} (?:Major|Minor|Patch) Changes$/m;
const GENERATED = /^## What's Changed$|^\*\*Full Changelog\*\*: http/m;
/** A line that is neither heading nor entry, nor below one. */
const PROSE = /^(?:[^\s#*+<-]|\*\*(?!Full Changelog))/;
const CONVENTIONAL = /^#{1,3} \[v?\d[^[\]]{0,60}\]\(\S{1,500}\/compare\/\S{1,300}\) \(\d{4}-\d\d-\d\d\)$/m;

/** release-please, Changesets, semantic-release and generated release notes: versions, sections and entries. */
export const changelog: Form = (body) => {
  const isPullRequest = ROBOT.test(body.text) || ACTION.test(body.text);
  if (!isPullRequest && ![CHANGESETS, GENERATED, CONVENTIONAL].some((form) => form.test(body.text))) return null;
  // What a person wrote among them counts more.
  if (!isPullRequest && body.lines.some((line) => PROSE.test(line))) return null;
  const releases = releasesOf(body).filter(({ version, sections }) => version !== '' || sections.length > 0);
  const [only] = releases;
  if (only === undefined || releases.every(({ sections }) => sections.length === 0 && !isPullRequest)) return null;
  return releases.length === 1 ? oneRelease(only) : manyReleases(releases);
};

/** The version, then sections as long as there is room. */
function oneRelease(release: Release): readonly string[] {
  const head = headOf(release);
  const top = head === '' ? [] : [head];
  const sections = release.sections.toSorted((a, b) => rank(a) - rank(b));
  const [first] = sections;
  if (first === undefined) return top;
  // A heading of its own is worth a line only where there are others.
  if (sections.length === 1) return listLines(top, first.entries);
  const total = sections.reduce((sum, { entries }) => sum + entries.length, 0);
  for (let shown = Math.min(total, LINES); shown > 1; shown--) {
    const lines = [...top, ...firstOf(sections, shown, total)];
    if (fits(lines)) return lines;
  }
  return [...top, ...firstOf(sections, 1, total)];
}

/** So many entries below their headings; of more than one section if there is room for two. */
function firstOf(sections: readonly Section[], shown: number, total: number): readonly string[] {
  let left = shown;
  const lines = sections.flatMap(({ title, entries }, index) => {
    const others = index === 0 ? Math.min(2, left - 1, total - entries.length) : 0;
    const taken = entries.slice(0, left - others);
    left -= taken.length;
    return taken.length === 0 ? [] : [...headings(title), ...taken.map((entry) => `- ${entry}`)];
  });
  return shown < total ? [...lines, `- and ${total - shown} more`] : lines;
}

/** A bold line would belong to the entry above it. */
function headings(title: string): readonly string[] {
  return title === '' ? [] : [`### ${title}`];
}

/** A line a package, with the first thing that is new in each if there is room; those that only follow another one last. */
function manyReleases(releases: readonly Release[]): readonly string[] {
  const sorted = releases.toSorted((a, b) => Number(a.sections.length === 0) - Number(b.sections.length === 0));
  const told = sorted.map((release) => {
    const [first, ...more] = release.sections.toSorted((a, b) => rank(a) - rank(b)).flatMap(({ entries }) => entries);
    const rest = more.length === 0 ? '' : ` (+${more.length})`;
    return `${headOf(release)}${first === undefined ? '' : `: ${first}${rest}`}`;
  });
  return listLines([], fits(told) ? told : sorted.map(headOf));
}

/** `**@acme/ui** [1.1.0 → 1.2.0](compare)`; '' where neither is known. */
function headOf({ name, version, compare }: Release): string {
  const before = /\/compare\/(\S{1,200}?)\.\.\.\S{1,200}$/.exec(compare ?? '')?.[1] ?? '';
  const [from, to] = [versionIn(before), version || versionIn(compare ?? '')];
  const versions = from === '' || from === to ? to : `${from} → ${to}`;
  const label = name === '' ? '' : `**${asMarkdown(name, 80)}**`;
  return [label, versions === '' ? '' : linked(versions, compare)].filter(Boolean).join(' ');
}

/** What a tag, or an address that ends in one, ends in: `acme-ui-v1.1.0` → `1.1.0`; '' where that is no version. */
function versionIn(text: string): string {
  const version = /(?:^|[-@/_v]|%40|%2[Ff]|\.{3})(\d{1,8}(?:\.\d{1,8}){1,3}(?:[-+][\w.-]{1,40})?)$/;
  return version.exec(text.slice(-120))?.[1] ?? '';
}

/** What breaks comes first; what concerns the project's own people last. */
function rank({ title }: Section): number {
  const ranks = [/breaking|major/i, /feature|minor|added|enhanc/i, /fix|patch|bug|security/i, /performance|changed/i];
  const at = ranks.findIndex((pattern) => pattern.test(title));
  if (at >= 0) return at;
  return /chore|depend|build|integration|tests?|style|refactor|documentation|misc/i.test(title) ? 6 : 5;
}

function releasesOf({ lines }: Body): readonly Release[] {
  const releases: Release[] = [];
  let name = '';
  const last = (): Release => {
    const known = releases.at(-1);
    if (known !== undefined) return known;
    const unnamed = { name: '', version: '', compare: null, sections: [] };
    releases.push(unnamed);
    return unnamed;
  };
  let title = '';
  for (const line of lines) {
    const summary = /^<details><summary>(.{1,200}?): \d/.exec(line)?.[1];
    if (line.startsWith('<details>')) name = words(summary ?? '');
    const heading = /^(#{1,4}) +(.{1,1000})$/.exec(line);
    const entry = /^ ?[-*+] {1,3}(.{1,4000})$/.exec(line)?.[1];
    const full = /^\*\*Full Changelog\*\*: (https?:\S{1,500})$/.exec(line)?.[1];
    if (full !== undefined) last().compare ??= full;
    else if (heading !== null) {
      const release = releaseOf(heading[2] ?? '', name);
      if (release === null) title = titleOf(heading[2] ?? '');
      else {
        releases.push(release);
        title = '';
      }
    } else if (entry !== undefined) addEntry(last().sections, title, entry);
  }
  return releases;
}

/** `[1.2.0](compare) (date)`, `1.2.0 (date)`, `@acme/ui@1.2.0`; null: a section's heading. */
function releaseOf(heading: string, name: string): Release | null {
  const [, package_ = '', version] =
    /^(?:(@?[^\s@]{1,200})@|(?=v?\d+\.\d))v?(\d{1,8}\.\d{1,8}[\w.+-]{0,60})(?: \(\d{4}-\d\d-\d\d\))?$/.exec(
      words(heading),
    ) ?? [];
  if (version === undefined) return null;
  return { name: package_ || name, version, compare: urlIn(heading), sections: [] };
}

/** What a heading says without its picture; the form's own words say nothing. */
function titleOf(heading: string): string {
  const title = words(heading).replace(/^(?:[^\p{L}\p{N}]|:\w{1,40}: )+/u, '');
  if (/^(?:What's Changed|Releases)$/i.test(title)) return '';
  return asMarkdown(title === title.toUpperCase() ? title.charAt(0) + title.slice(1).toLowerCase() : title, 60);
}

function addEntry(sections: Section[], title: string, entry: string): void {
  const said = saidBy(entry);
  if (title === 'New Contributors' || said === '' || /^Updated dependencies\b|^The following workspace/.test(said))
    return;
  const section = sections.find((one) => one.title === title);
  if (section === undefined) sections.push({ title, entries: [said] });
  else section.entries.push(said);
}

/** An entry without commits and thanks: `Retry uploads ([#12](…))`. */
function saidBy(entry: string): string {
  const links = linksIn(entry);
  const issue = links.find(({ text }) => /^#\d{1,9}$/.test(text));
  const generated = / (?:by @?(\S{1,40}) )?in (https?:\/\/\S{1,300}\/(\d{1,9}))$/.exec(entry);
  const number = issue?.text ?? (generated === null ? undefined : `#${generated[3] ?? ''}`);
  const url = issue?.url ?? generated?.[2] ?? null;
  const reference = number === undefined ? '' : ` (${url === null ? number : `[${number}](${url})`})`;
  const said = words(generated === null ? entry : entry.slice(0, generated.index))
    .replace(/^(?:#\d{1,9} )?(?:`?[0-9a-f]{7,40}`? )?Thanks .{1,200}?! - /, '')
    .replace(/^(?:#\d{1,9} )?[0-9a-f]{7,40}(?:: | )(?:- )?/, '')
    .trim();
  return said === '' ? '' : `${asMarkdown(withoutReferences(said), 80)}${reference}`;
}
