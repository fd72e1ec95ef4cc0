import type { Body, Form } from './form.ts';
import { linksIn, outside, tablesIn, urlIn, words } from './reading.ts';
import { notesIn, UNKNOWN, type Update, updateIn, updateLines } from './updates.ts';

const SIGNATURE = /@dependabot rebase|Dependabot (?:commands and options|will resolve|will merge)|dependabot-automerge/;

/** Dependabot: a sentence or a table of updates, then a section for each with what its project says. */
export const dependabot: Form = (body) => {
  if (!body.author.startsWith('dependabot') && !SIGNATURE.test(body.text)) return null;
  const updates = new Map(tableOf(body).map((update) => [update.name, update]));
  for (const update of sentencesOf(body)) updates.set(update.name, merged(updates.get(update.name), update));
  return updates.size === 0 ? null : updateLines([...updates.values()], [], notesIn(notesOf(body.lines)));
};

function merged(before: Update | undefined, update: Update): Update {
  return before === undefined ? update : { ...update, home: update.home ?? before.home };
}

/** Of six and more updates: `| Package | From | To |`. */
function tableOf({ lines }: Body): readonly Update[] {
  return tablesIn(outside(lines))
    .filter(({ columns }) => columns.slice(0, 3).join() === 'package,from,to')
    .flatMap(({ rows }) => rows)
    .map(([name = '', from = '', to = '']) => ({
      ...UNKNOWN,
      name: linksIn(name)[0]?.text || words(name),
      home: urlIn(name),
      from: words(from) || null,
      to: words(to) || null,
    }))
    .filter(({ name, to }) => name !== '' && to !== null);
}

/** `Bumps [a](…) from 1 to 2.`, `Updates … from …`, each with the last compare view that follows it: others may stand in what is quoted of its project. */
function sentencesOf({ lines }: Body): readonly Update[] {
  const found: Update[] = [];
  const starts = new Set(outside(lines));
  for (const line of lines) {
    const compare = line.includes('compare view')
      ? linksIn(line).find(({ text }) => text === 'compare view')
      : undefined;
    const last = found.at(-1);
    if (compare !== undefined && last !== undefined) found[found.length - 1] = { ...last, compare: compare.url };
    const update = starts.has(line) ? sentence(line) : null;
    if (update !== null) found.push(update);
  }
  return found;
}

function sentence(line: string): Update | null {
  const update = /^(?:Bumps|Updates) /.test(line) ? updateIn(line) : null;
  if (update !== null) return { ...UNKNOWN, ...update, home: urlIn(line) };
  const removed = /^Removes `([^`]{1,200})`$/.exec(line)?.[1];
  if (removed !== undefined) return { ...UNKNOWN, name: removed, note: 'removed' };
  const permitted = /^Updates the requirements on .* to permit the latest version/.test(line) ? linksIn(line) : [];
  const [only] = permitted;
  return only === undefined
    ? null
    : { ...UNKNOWN, name: only.text, home: only.url, note: 'is allowed up to its latest version' };
}

/** What is quoted of the project's release notes, else of its changelog. */
function notesOf(lines: readonly string[]): readonly string[] {
  for (const summary of ['<summary>Release notes</summary>', '<summary>Changelog</summary>']) {
    const start = lines.indexOf(summary);
    if (start < 0) continue;
    const end = lines.indexOf('</details>', start);
    return lines.slice(start + 1, end < 0 ? undefined : end);
  }
  return [];
}
