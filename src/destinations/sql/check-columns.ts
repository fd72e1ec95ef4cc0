import type { Report, Written } from '../../model/plugin/plugin.ts';
import { COLUMNS } from './settings.ts';
import { MOST_COLUMNS, nameProblem } from './shapes.ts';

/** What is wrong with columns as they are written, told at each. CEL is loaded only where there are some: 45 ms. */
export async function checkColumns({ columns, key }: Written, report: Report): Promise<void> {
  if (typeof columns === 'object' && columns !== null) {
    checkNames(Object.keys(columns), key, report);
    await checkTexts(columns, report);
  } else if (columns === undefined && typeof key === 'string') {
    const taken = Object.keys(COLUMNS).find((name) => name === key.toLowerCase());
    if (taken !== undefined) report('key', `key cannot be ${taken}, which is one of the usual columns: say columns.`);
  }
}

function checkNames(names: readonly string[], key: unknown, report: Report): void {
  if (names.length > MOST_COLUMNS)
    report('columns', `columns are ${names.length}, and a table has ${MOST_COLUMNS} here at most.`, 'key');
  const taken = new Map([[typeof key === 'string' ? key.toLowerCase() : 'id', 'the key column']]);
  for (const name of names.slice(0, MOST_COLUMNS)) {
    const problem = nameProblem(name);
    const owner = taken.get(name.toLowerCase());
    const shown = JSON.stringify(name.slice(0, 80));
    if (problem !== undefined) report(['columns', name], `the column ${shown} ${problem}`, 'key');
    else if (owner !== undefined)
      report(['columns', name], `${name} is ${owner} already: take it out, or call it otherwise.`, 'key');
    taken.set(name.toLowerCase(), 'a column');
  }
}

async function checkTexts(columns: object, report: Report): Promise<void> {
  const { compileRow } = await import('../../route/column/column.ts');
  for (const [name, text] of Object.entries(columns).slice(0, MOST_COLUMNS)) {
    if (typeof text !== 'string' || text.trim() === '') continue;
    const compiled = compileRow({ [name]: text });
    if (compiled.ok) continue;
    const { message, start, end } = compiled;
    report(['columns', name], /^(?:is|has|may|must) /.test(message) ? `${name} ${message}` : message, { start, end });
  }
}
