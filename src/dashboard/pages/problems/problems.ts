import { html } from 'hono/html';
import type { Changed } from '../../../http/api/answers/lanes.ts';
import type { Problems } from '../../../http/api/answers/problems.ts';
import { plural } from '../../../shared/time-words.ts';
import { act, ask } from '../../ask.ts';
import { notGenuine, show, showFailure, statusOf } from '../../layout.ts';
import type { PageApp, PageContext } from '../../page-env.ts';
import { flashed, goOn } from '../../parts/flash.ts';
import { readForm, textOf } from '../../parts/form.ts';
import { type Html, NOTHING, theirs } from '../../parts/html.ts';
import { mood } from '../../parts/mood.ts';
import { problemCard } from './problem-card.ts';

/** What went wrong, once for each cause, each with what to do. */
export function addProblems(app: PageApp): void {
  app.get('/problems', async (c) => {
    const problems = await ask<Problems>(c.env.visit, '/problems');
    if (!problems.ok) return showFailure(c, 'Problems', problems);
    return page(c, problems.value);
  });
  app.post('/problems/dismiss', async (c) => {
    const form = await readForm(c);
    if (form === null) return notGenuine(c);
    const selection = selectionIn(textOf(form, 'selection'));
    if (selection === null) return showFailure(c, 'Not dismissed', { status: 400, message: 'The form names nothing.' });
    const done = await act<Changed>(c.env.visit, '/problems/dismiss', { selection });
    if (!done.ok) return showFailure(c, 'Not dismissed', done);
    return goOn(c, '/problems', { mood: done.value.changed ? 'good' : 'quiet', says: done.value.says });
  });
}

/** The API reads it again, by its schema. */
function selectionIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function page(c: PageContext, { problems, unknown }: Problems): Promise<Response> {
  const { visit } = c.env;
  const now = c.get('now');
  const invocation = (await statusOf(visit))?.invocation ?? 'npx tidings';
  const { length } = problems;
  const body = html`<h1>Problems</h1>
    ${
      length === 0
        ? NOTHING
        : html`<p class="lead">${length === 1 ? 'One thing needs you.' : `${plural(length, 'thing')} need you. The worst comes first.`}</p>`
    }
    ${flashed(c)}
    ${length === 0 ? calm(visit.base, unknown.length > 0) : problems.map((problem, index) => problemCard(problem, index, { visit, now, invocation }))}
    ${notAsked(unknown)}
    <p class="muted aside"><a href="${visit.base}/audit">What people changed, and when</a></p>`;
  return show(c, { title: 'Problems', here: 'Problems', command: 'doctor', body, modules: ['operate'] });
}

function calm(base: string, isPartly: boolean): Html {
  return html`<div class="empty calm"><p class="title">${mood('good', 'Nothing needs you.')}</p>
    <p>${isPartly ? 'As far as could be asked, everybody' : 'Everybody'} was told what the rules wanted told. What arrives is in the <a href="${base}/">inbox</a>.</p></div>`;
}

function notAsked(unknown: readonly string[]): Html {
  if (unknown.length === 0) return NOTHING;
  return html`<section class="unknown"><h2>Could not be asked</h2><ul>${unknown.map((each) => html`<li>${theirs(each)}</li>`)}</ul></section>`;
}
