import { html } from 'hono/html';
import type { SampleSent, Setup } from '../../../http/api/answers/setup.ts';
import { act, ask } from '../../ask.ts';
import { notGenuine, show, showFailure, statusOf } from '../../layout.ts';
import type { PageApp, PageContext } from '../../page-env.ts';
import { command, copyButton } from '../../parts/command.ts';
import { flashed, goOn } from '../../parts/flash.ts';
import { actButton, readForm } from '../../parts/form.ts';
import { type Html, NOTHING, theirs } from '../../parts/html.ts';
import { linkOut } from '../../parts/link.ts';
import { said } from '../../parts/said.ts';

type Step = Setup['steps'][number];

/** From nothing to the first message of one's own, step by step, each ticked by what is really so. */
export function addSetup(app: PageApp): void {
  app.get('/setup', async (c) => {
    const setup = await ask<Setup>(c.env.visit, '/setup');
    if (!setup.ok) return showFailure(c, 'Set up', setup);
    return page(c, setup.value);
  });
  app.post('/setup/sample', async (c) => {
    const form = await readForm(c);
    if (form === null) return notGenuine(c);
    const sent = await act<SampleSent>(c.env.visit, '/setup/sample', {});
    if (!sent.ok) return showFailure(c, 'No sample was sent', sent);
    const { event_id: id, says } = sent.value;
    return id === null
      ? goOn(c, '/setup', { mood: 'busy', says })
      : c.redirect(`${c.env.visit.base}/events/${id}`, 303);
  });
}

async function page(c: PageContext, setup: Setup): Promise<Response> {
  const { steps } = setup;
  const { invocation = 'npx tidings' } = (await statusOf(c.env.visit)) ?? {};
  const line = setup.command?.replace(`${invocation} `, '') ?? null;
  const done = steps.filter((each) => each.done).length;
  const first = steps.find((each) => !each.done)?.id ?? null;
  const body = html`<h1>Set up</h1>
    <p class="lead">${lead(done, steps.length)}</p>
    ${flashed(c)}
    ${sample(c, setup)}
    <ol class="steps">${steps.map((each, index) => step(each, index + 1, each.id === first))}</ol>`;
  return show(c, { title: 'Set up', here: 'Set up', command: line, body, modules: ['operate'] });
}

function lead(done: number, all: number): string {
  if (done === all) return 'All done. Below is what to type if something changes.';
  return done === 0
    ? 'Four steps from here to your own messages. Each is ticked once it is really done.'
    : `${done} of ${all} steps ${done === 1 ? 'is' : 'are'} done.`;
}

function sample(c: PageContext, setup: Setup): Html {
  const { visit } = c.env;
  if (setup.sample === null || visit.caller.role !== 'admin') return NOTHING;
  return html`<section class="card sample row" aria-labelledby="try">
    <div><h2 id="try">See it work</h2><p>A signed <code>${setup.sample}</code> comes in through the front door, and goes wherever the rules say.</p></div>
    <div class="end">${actButton(visit, '/setup/sample', 'Send a sample', { kind: 'main' })}</div></section>`;
}

/** What is done folds away: only the next one is open. */
function step({ id, title, done, says, commands, fields, links }: Step, number: number, isNext: boolean): Html {
  const mark = done
    ? html`<span class="tick done" aria-hidden="true">✓</span>`
    : html`<span class="tick" aria-hidden="true">${number}</span>`;
  const more = html`
    ${fields.length === 0 ? NOTHING : fieldList(fields)}
    ${commands.map(({ command: line, says: what }) => html`<p class="typed">${command(line)} <span>${what}</span></p>`)}
    ${links.length === 0 ? NOTHING : html`<p>${links.map((each) => html`${linkOut(each.url, each.title)} `)}</p>`}`;
  const hasMore = fields.length + commands.length + links.length > 0;
  return html`<li class="step ${done ? 'done' : ''}" id="step-${id}">${mark}<div>
    <h2>${title}<span class="unseen">${done ? ', done' : ', to do'}</span></h2>
    <p>${said(says)}</p>
    ${!hasMore ? NOTHING : isNext ? more : html`<details><summary>${done ? 'How to change it' : 'How to'}</summary>${more}</details>`}
  </div></li>`;
}

function fieldList(fields: Step['fields']): Html {
  return html`<dl class="paste">${fields.map(
    ({ name, value, is_secret: isSecret }) =>
      html`<div><dt>${name}</dt><dd>${
        isSecret ? html`${theirs(value)}` : html`<span class="command"><code>${value}</code>${copyButton()}</span>`
      }</dd></div>`,
  )}</dl>`;
}
