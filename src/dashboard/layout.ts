import { html } from 'hono/html';
import type { Status } from '../http/api/answers/counts.ts';
import type { Visit } from '../http/visit.ts';
import { askOrNull } from './ask.ts';
import { assetPath, hasAsset } from './assets.ts';
import { NAV, type NavName } from './nav.ts';
import type { PageContext } from './page-env.ts';
import { command, typed } from './parts/command.ts';
import { csrfField } from './parts/form.ts';
import { cut, type Html, visible } from './parts/html.ts';
import { mood } from './parts/mood.ts';
import { notice } from './parts/notice.ts';
import { said } from './parts/said.ts';

// How a page is made. `pages/<page>/<page>.ts` exports `add<Page>(app)`, which answers its paths, and pages.ts lists it:
//
//   app.get('/destinations', async (c) => {
//     const { visit } = c.env;
//     const lanes = await ask<Lanes>(visit, '/lanes');                      ask.ts: what /api/v1 says
//     return show(c, { title: 'Destinations', here: 'Destinations', command: 'destinations', body: … });
//   });
//   app.post('/destinations/:name/pause', async (c) => {
//     const form = await readForm(c);                                       parts/form.ts
//     if (form === null) return notGenuine(c);
//     const done = await act<Changed>(visit, `/lanes/${encodeURIComponent(name)}/pause`, {});
//     return c.redirect(`${visit.base}/destinations`, 303);                 or `show` what was answered
//   });
//
// Every address begins with `visit.base`. A change is a form that posts, with `csrfField(visit)` (or `actButton`). Text of others
// goes through `html` as it is, and `theirs()` where it stands beside words of ours; addresses of others through `linkOut`. Replays
// are planned by a link to `/replay?…` (parts/replay-link.ts). A module for the browser is assets/<name>.js,
// named in `modules`; assets/<name>.css comes along with it.

export interface Page {
  /** `Inbox`; the title says how much is wrong before it, and whose page it is behind it. */
  readonly title: string;
  readonly here: NavName | null;
  readonly body: Html;
  /** The same in a terminal, without the program's name: `events --state dead`. Null: there is none. */
  readonly command: string | null;
  /** Beside page.js: names in assets/. */
  readonly modules?: readonly string[];
  readonly status?: 200 | 400 | 401 | 403 | 404 | 409 | 412 | 413 | 422 | 429 | 500 | 503;
}

/** The whole page, with what stands on every one. */
export async function show(c: PageContext, page: Page): Promise<Response> {
  const { visit } = c.env;
  const status = await statusOf(visit);
  const wrong = status?.problems ?? 0;
  const title = `${wrong > 0 ? `(${wrong}) ` : ''}${inTitle(page.title)} · Tidings`;
  const body = html`<a class="skip" href="#main">Skip to the content</a>
    ${header(visit, page.here, status)}
    <main id="main" tabindex="-1">${page.body}</main>
    ${footer(page.command, status)}
    <div id="said" class="unseen" role="status" aria-live="polite"></div>
    ${keysDialog()}`;
  return c.html(shell(visit, title, body, ['page', ...(page.modules ?? [])]), page.status ?? 200);
}

/** A page for whoever is not let in yet: nothing is asked, nothing is said of what is inside. */
export function showBare(
  c: PageContext,
  page: Pick<Page, 'title' | 'body' | 'modules' | 'status'>,
): Response | Promise<Response> {
  const body = html`<main id="main" class="bare"><p class="brand">${logo()}Tidings</p>${page.body}</main>`;
  return c.html(shell(c.env.visit, `${page.title} · Tidings`, body, page.modules ?? []), page.status ?? 200);
}

/** A tab has room for little, and no marks around what others wrote. */
function inTitle(text: string): string {
  return cut(visible(text).replaceAll(/\s+/g, ' ').trim(), MOST_TITLE);
}

export function notGenuine(c: PageContext): Promise<Response> {
  const again = html`The form is too old, or was not made here. Nothing was changed: go back, reload the page, and try again.`;
  return show(c, {
    title: 'Not done',
    here: null,
    command: null,
    status: 403,
    body: html`<h1>Not done</h1>${notice('bad', 'This form does not belong to this session.', again)}`,
  });
}

/** What could not be done or shown, and why, as /api/v1 says it. */
export function showFailure(
  c: PageContext,
  title: string,
  failed: { status: number; message: string },
): Promise<Response> {
  const known = [400, 403, 404, 409, 412, 422, 429, 503] as const;
  return show(c, {
    title,
    here: null,
    command: null,
    status: known.find((each) => each === failed.status) ?? 500,
    body: html`<h1>${title}</h1>${notice('bad', failed.message)}`,
  });
}

const MOST_TITLE = 120;
const STATUSES = new WeakMap<Visit, Promise<Status | null>>();

/** Asked once a page. Null: it cannot be said now. */
export function statusOf(visit: Visit): Promise<Status | null> {
  let status = STATUSES.get(visit);
  if (status === undefined) STATUSES.set(visit, (status = askOrNull<Status>(visit, '/status')));
  return status;
}

function shell(visit: Visit, title: string, body: Html, modules: readonly string[]): Html {
  const asset = (name: string) => `${visit.base}${assetPath(name)}`;
  return html`<!doctype html>
<html lang="en" data-base="${visit.base}" data-csrf="${visit.csrf}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta name="robots" content="noindex" />
<title>${title}</title>
<link rel="icon" href="${asset('icon.svg')}" type="image/svg+xml" />
${['style', ...modules].filter((name) => hasAsset(`${name}.css`)).map((name) => html`<link rel="stylesheet" href="${asset(`${name}.css`)}" />`)}
${modules.map((name) => html`<script type="module" src="${asset(`${name}.js`)}"></script>`)}
</head>
<body>${body}</body>
</html>`;
}

function header(visit: Visit, here: NavName | null, status: Status | null): Html {
  return html`<header class="top"><div class="column">
    <a class="brand" href="${visit.base}/">${logo()}Tidings</a>
    <nav aria-label="Pages"><ul>${NAV.map(({ name, path, key }) => {
      const count = name === 'Problems' && status !== null && status.problems > 0 ? status.problems : null;
      return html`<li><a href="${visit.base}${path}" data-key="${key}" ${name === here ? html`aria-current="page"` : ''}>${name}${
        count === null ? '' : html` <span class="count">${count}</span>`
      }</a></li>`;
    })}</ul></nav>
    <div class="who">${status === null ? '' : html`<span class="status" title="${visible(status.says)}">${mood(status.mood, said(status.says))}</span>`}${account(visit)}</div>
  </div></header>`;
}

function account(visit: Visit): Html {
  const { role } = visit.caller;
  const may = role === 'viewer' ? html`<span class="role">read only</span>` : '';
  if (!visit.hasSession) return html`${may}`;
  return html`${may}<form method="post" action="${visit.base}/logout" class="act">${csrfField(visit)}<button class="quiet">Log out</button></form>`;
}

function footer(line: string | null, status: Status | null): Html {
  const invocation = status?.invocation ?? 'npx tidings';
  const same = line === null ? '' : html`<p>The same in a terminal ${command(typed(line, invocation))}</p>`;
  return html`<footer><div class="column">${same}<p class="version">Tidings${
    status === null ? '' : ` ${status.version}`
  } <button type="button" class="quiet" data-keys hidden>Keys <kbd>?</kbd></button></p></div></footer>`;
}

function keysDialog(): Html {
  const row = (keys: readonly string[], what: string) =>
    html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${what}</dd></div>`;
  return html`<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">Keys</h2><dl class="keys">
    ${row(['j', 'k'], 'next, previous')}${row(['Enter'], 'open')}${row(['x'], 'select')}${row(['r'], 'replay: the plan first')}
    ${row(['/'], 'filter')}${NAV.map(({ name, key }) => row(['g', key], name))}${row(['?'], 'this list')}
    </dl><p><label><input type="checkbox" data-keys-on checked /> Shortcuts are on</label></p>
    <form method="dialog"><button class="main">Close</button></form></dialog>`;
}

function logo(): Html {
  return html`<svg class="logo" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M4 5.5h16v9.2a2.3 2.3 0 0 1-2.3 2.3H12l-4.6 3.6V17H6.3A2.3 2.3 0 0 1 4 14.7z"/><path class="line" d="M8 9.2h8M8 12.8h5"/></svg>`;
}
