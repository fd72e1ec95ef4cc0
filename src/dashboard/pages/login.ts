import { html } from 'hono/html';
import type { DoorPage } from '../../http/door/page.ts';
import { command } from '../parts/command.ts';
import { type Html, NOTHING } from '../parts/html.ts';
import { notice } from '../parts/notice.ts';

export interface Shown {
  readonly title: string;
  readonly body: Html;
  readonly modules?: readonly string[];
}

/** What whoever is not let in sees. It says nothing of what is inside. */
export function doorPage(page: DoorPage): Shown {
  switch (page.kind) {
    case 'login':
      return { title: 'Log in', body: loginForm(page), modules: ['page'] };
    case 'code':
      return { title: 'Open the dashboard', body: codeForm(page), modules: ['door'] };
    case 'again':
      return { title: 'One moment', body: html`<p><a href="${page.to}">Go on</a></p>` };
    case 'refused':
      return {
        title: page.title,
        body: html`<h1>${page.title}</h1>${notice('bad', page.words)}<p><a href="${page.to}">Go on</a></p>`,
      };
  }
}

function loginForm({ base, next, problem }: DoorPage & { kind: 'login' }): Html {
  const wrong = problem === null ? NOTHING : html`aria-describedby="problem" aria-invalid="true"`;
  return html`<h1>Log in</h1>
    ${problem === null ? NOTHING : html`<div id="problem">${notice('bad', problem)}</div>`}
    <form method="post" action="${base}/login" class="door">
      <input type="hidden" name="next" value="${next}" />
      <label for="token">Admin or viewer token</label>
      <input id="token" name="token" type="password" autocomplete="current-password" autocapitalize="off"
        spellcheck="false" required autofocus ${wrong} />
      <button class="main">Log in</button>
    </form>
    <p class="hint">On the machine where Tidings runs, this opens it without a token:</p>
    <p>${command('npx tidings dashboard')}</p>`;
}

function codeForm({ base, next, code }: DoorPage & { kind: 'code' }): Html {
  return html`<h1>Open the dashboard</h1>
    <p class="hint">This address is good once, for a minute.</p>
    <form method="post" action="${base}/login" class="door" data-goes-by-itself>
      <input type="hidden" name="next" value="${next}" />
      <input type="hidden" name="code" value="${code}" />
      <button class="main" autofocus>Open the dashboard</button>
    </form>`;
}
