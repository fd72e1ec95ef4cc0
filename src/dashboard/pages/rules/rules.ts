import { html } from 'hono/html';
import type { Rules, RulesChecked, RulesTested, RulesWritten } from '../../../http/api/answers/rules.ts';
import { act, ask } from '../../ask.ts';
import { notGenuine, show, showFailure, statusOf } from '../../layout.ts';
import type { PageApp, PageContext } from '../../page-env.ts';
import { readForm, textOf } from '../../parts/form.ts';
import { type Html, NOTHING } from '../../parts/html.ts';
import { notice } from '../../parts/notice.ts';
import { editor } from './editor.ts';
import { inForce } from './in-force.ts';
import { differenceFrom, shownCheck, shownTests, shownWrite } from './results.ts';

/** The largest form that is read: a text of 1 MB, each of whose characters takes three. */
const MOST_BYTES = 4_000_000;

/** What stands in the editor, and what was found about it. */
interface Tried {
  readonly text: string;
  /** What a write would replace. */
  readonly etag: string;
  readonly results: Html;
  readonly status?: 200 | 403 | 412 | 422 | undefined;
}

/** The rules in force, the file, and a text to try before it is the file. */
export function addRules(app: PageApp): void {
  app.get('/rules', async (c) => {
    const rules = await ask<Rules>(c.env.visit, '/rules');
    if (!rules.ok) return showFailure(c, 'The rules cannot be shown', rules);
    return page(c, rules.value, null);
  });
  app.post('/rules', async (c) => {
    if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES) {
      return showFailure(c, 'The text is too long', { status: 422, message: 'A text has at most 1 MB.' });
    }
    const form = await readForm(c);
    if (form === null) return notGenuine(c);
    // A form sends its lines with CR LF, whatever they were.
    const text = textOf(form, 'text').replaceAll('\r\n', '\n');
    const tried = await tryText(c, textOf(form, 'do'), text, textOf(form, 'etag'));
    const rules = await ask<Rules>(c.env.visit, '/rules');
    if (!rules.ok) return showFailure(c, 'The rules cannot be shown', rules);
    return page(c, rules.value, tried);
  });
}

async function page(c: PageContext, rules: Rules, tried: Tried | null): Promise<Response> {
  const { visit } = c.env;
  const invocation = (await statusOf(visit))?.invocation ?? 'npx tidings';
  const shown = {
    text: tried?.text ?? textOfFile(rules),
    etag: tried?.etag ?? etagOf(rules),
    results: tried?.results ?? NOTHING,
  };
  const now = c.get('now');
  return show(c, {
    title: 'Rules',
    here: 'Rules',
    command: 'config',
    modules: ['rules'],
    status: tried?.status ?? 200,
    body: html`${inForce(rules, visit.base, now)}${editor(rules, shown, { visit, invocation, now })}`,
  });
}

function textOfFile({ file, template }: Rules): string {
  return file?.text ?? template ?? '';
}

function etagOf({ file }: Rules): string {
  return file?.etag ?? 'none';
}

async function tryText(c: PageContext, what: string, text: string, etag: string): Promise<Tried> {
  const { visit } = c.env;
  const failed = ({ status, message }: { status: number; message: string }, title: string): Tried => ({
    text,
    etag,
    results: notice('bad', title, message),
    status: ([403, 412, 422] as const).find((each) => each === status) ?? 422,
  });
  if (what === 'write') {
    const headers = { 'If-Match': etag };
    const written = await act<RulesWritten>(visit, '/rules/file', { text }, { method: 'PUT', headers });
    if (written.ok) return { text, etag: written.value.etag, results: shownWrite(written.value) };
    if (written.status !== 412) return failed(written, 'Nothing was written');
    const now = await ask<Rules>(visit, '/rules');
    if (!now.ok) return failed(written, 'Nothing was written');
    // Whoever writes again has seen what is replaced.
    const both = html`<p>Your text is in the editor. This is what it would change in the file as it is now; <strong>Write</strong> again puts it in place.</p>${differenceFrom(textOfFile(now.value), text)}`;
    return {
      ...failed(written, 'The file changed meanwhile, and nothing was written'),
      etag: etagOf(now.value),
      results: notice('bad', 'The file changed meanwhile, and nothing was written', both),
    };
  }
  if (what === 'test') {
    const tested = await act<RulesTested>(visit, '/rules/test', { text });
    return tested.ok ? { text, etag, results: shownTests(tested.value) } : failed(tested, 'The tests could not be run');
  }
  const [checked, now] = await Promise.all([
    act<RulesChecked>(visit, '/rules/check', { text }),
    ask<Rules>(visit, '/rules'),
  ]);
  if (!checked.ok) return failed(checked, 'The text could not be checked');
  return { text, etag, results: shownCheck(checked.value, now.ok ? textOfFile(now.value) : null, text) };
}
