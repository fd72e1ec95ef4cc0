import type { Form } from './form.ts';
import { linksIn, outside, tablesIn, urlIn, words } from './reading.ts';
import { notesIn, type Step, stepIn, UNKNOWN, type Update, updateIn, updateLines, type Weakness } from './updates.ts';

/** Snyk: what is weak in a table; which package goes where stands in a comment for machines. */
export const snyk: Form = ({ text, lines }) => {
  if (!text.includes('Snyk has created this PR')) return null;
  const updates = dependenciesOf(lines);
  const found = updates.length > 0 ? updates : sentences(lines);
  const fixed = weaknesses(lines);
  return found.length + fixed.length === 0 ? null : updateLines(found, fixed);
};

function dependenciesOf(lines: readonly string[]): readonly Update[] {
  const line = lines.find((one) => one.includes('snyk:metadata:{')) ?? '';
  const json = line.slice(line.indexOf('snyk:metadata:{') + 14, line.lastIndexOf('}') + 1);
  return dependencyList(json).flatMap((one) => {
    const { name, from, to } = (one ?? {}) as Record<string, unknown>;
    // Nobody sees the comment on the page: names and versions only, no sentence.
    const isName = (one: unknown): one is string => typeof one === 'string' && /^\S{1,200}$/.test(one);
    return isName(name) && isName(from) && isName(to) ? [{ ...UNKNOWN, name, from, to }] : [];
  });
}

function dependencyList(json: string): readonly unknown[] {
  try {
    const { dependencies } = JSON.parse(json) as { readonly dependencies?: unknown };
    return Array.isArray(dependencies) ? dependencies : [];
  } catch {
    return [];
  }
}

function weaknesses(lines: readonly string[]): readonly Weakness[] {
  const tables = tablesIn(lines).filter(({ columns }) => columns.includes('issue'));
  const found = tables.flatMap(({ columns, rows }) => {
    const issue = columns.indexOf('issue');
    return rows.map((row) => {
      const cell = row[issue] ?? '';
      const url = urlIn(cell);
      // The title, a line break, and its number as a link.
      const name = words(cell.split(/<br ?\/?>/)[0] ?? '');
      return { name, url, about: '', severity: /(\w{1,20}) severity/.exec(row[0] ?? '')?.[1] ?? null };
    });
  });
  const known = new Map(found.filter(({ name }) => name !== '').map((one) => [`${one.name} ${one.severity}`, one]));
  return [...known.values()];
}

/** pre-commit.ci: `- [host/owner/repository: old → new](compare)`. */
export const preCommit: Form = ({ text, lines, author }) => {
  if (!author.startsWith('pre-commit') && !text.includes('pre-commit.ci start')) return null;
  const updates = lines.flatMap((line) => {
    if (!line.startsWith('- ')) return [];
    const step = stepIn(/^(\S{1,200}): (\S{1,100}) → (.{1,100})$/.exec(words(line.slice(2))));
    if (step === null) return [];
    // The host says nothing.
    const name = step.name.replace(/^(?:https?:\/\/)?[^/]+\.[^/]+\//, '');
    return [{ ...UNKNOWN, ...step, name, compare: urlIn(line) }];
  });
  return updates.length === 0 ? null : updateLines(updates);
};

const AUTHORS = /depfu|pyup|greenkeeper|scala-steward/;
const SIGNATURES = /https:\/\/depfu\.com|pyup\.io|pyupio|greenkeeper\.io|Scala Steward for your repository/;

/** Depfu, PyUp, Greenkeeper, Scala Steward: a sentence for each update, or `#### ✳️ eslint (8.19.0 → 8.20.0) · [Repo](…)`. */
export const updaters: Form = ({ text, lines, author }) => {
  if (!AUTHORS.test(author) && !SIGNATURES.test(text)) return null;
  const updates = sentences(outside(lines));
  const [only] = updates;
  if (only === undefined) return null;
  const compare =
    updates.length === 1 ? lines.flatMap(linksIn).find(({ text: label }) => label === 'Version Diff') : undefined;
  return updateLines(compare === undefined ? updates : [{ ...only, compare: compare.url }], [], notesIn(lines));
};

function sentences(lines: readonly string[]): readonly Update[] {
  return lines.flatMap((line) => {
    const update = updateIn(line) ?? headed(line);
    return update === null ? [] : [{ ...UNKNOWN, home: urlIn(line), ...update }];
  });
}

function headed(line: string): Step | null {
  return stepIn(/^#{2,4} [^\p{L}@]{0,5}(@?\S{1,200}) \((\S{1,100}) → (\S{1,100})\)/u.exec(line));
}
