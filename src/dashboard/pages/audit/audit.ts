import { html } from 'hono/html';
import type { Audit, AuditEntry } from '../../../http/api/answers/setup.ts';
import { ask } from '../../ask.ts';
import { show, showFailure } from '../../layout.ts';
import type { PageApp } from '../../page-env.ts';
import { type Html, NOTHING, theirs } from '../../parts/html.ts';
import { empty } from '../../parts/notice.ts';
import { said } from '../../parts/said.ts';
import { timeAgo } from '../../parts/time.ts';

const SHOWN = 200;

/** Who changed what, from where and when. */
export function addAudit(app: PageApp): void {
  app.get('/audit', async (c) => {
    const audit = await ask<Audit>(c.env.visit, `/audit?limit=${SHOWN}`);
    if (!audit.ok) return showFailure(c, 'Audit', audit);
    const { entries } = audit.value;
    const next = html`<p>Replays, pauses, tests and written rules are kept here: who, from where, and what came of it.</p>`;
    const body = html`<h1>Audit</h1>
      ${
        entries.length === 0
          ? empty('Nobody has changed anything yet.', next)
          : html`<p class="lead">What people changed, newest first.</p>${table(entries, c.get('now'))}${
              entries.length >= SHOWN ? html`<p class="muted aside">The newest ${SHOWN}.</p>` : NOTHING
            }`
      }`;
    return show(c, { title: 'Audit', here: null, command: 'audit', body, modules: ['operate'] });
  });
}

function table(entries: readonly AuditEntry[], now: number): Html {
  return html`<div class="table"><table class="cards audit"><caption class="unseen">What people changed</caption>
    <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">What came of it</th></tr></thead>
    <tbody>${entries.map((entry) => row(entry, now))}</tbody></table></div>`;
}

function row({ at, who, from, what, about, outcome }: AuditEntry, now: number): Html {
  return html`<tr><td data-label="When" class="when">${timeAgo(at, now)}</td>
    <td data-label="Who"><div>${theirs(who)}<br /><span class="muted">${theirs(from)}</span></div></td>
    <td data-label="What"><div>${theirs(what)}${about === null ? NOTHING : html`<br /><span class="muted">${theirs(about)}</span>`}</div></td>
    <td data-label="Outcome">${said(outcome)}</td></tr>`;
}
