import { html } from 'hono/html';
import type { DoorPage } from '../../http/door/page.ts';

type Html = ReturnType<typeof html>;

/** What the door shows: the title, and what stands below it. */
export function doorPage(page: DoorPage): { readonly title: string; readonly body: Html; readonly head?: Html } {
  switch (page.kind) {
    case 'login':
      return { title: 'Log in', body: loginForm(page) };
    case 'code':
      return { title: 'Open the dashboard', body: codeForm(page) };
    case 'again': {
      const head = html`<meta http-equiv="refresh" content="${`0;url=${page.to}`}" />`;
      return { title: 'One moment', head, body: html`<p><a href="${page.to}">Go on</a></p>` };
    }
    case 'refused':
      return {
        title: page.title,
        body: html`<h1>${page.title}</h1><p role="alert">${page.words}</p><p><a href="${page.to}">Go on</a></p>`,
      };
  }
}

function loginForm({ base, next, problem }: DoorPage & { kind: 'login' }): Html {
  return html`<h1>Log in</h1>
    ${problem === null ? '' : html`<p id="problem" class="notice bad" role="alert">${problem}</p>`}
    <form method="post" action="${base}/login" class="stacked">
      <input type="hidden" name="next" value="${next}" />
      <label for="token">Token</label>
      <input id="token" name="token" type="password" autocomplete="current-password" autocapitalize="off" spellcheck="false"
        required autofocus ${problem === null ? '' : html`aria-describedby="problem" aria-invalid="true"`} />
      <button class="main">Log in</button>
    </form>
    <p>The admin token, or the viewer token to look only. On the machine where Tidings runs, this opens the dashboard without either:</p>
    <pre><code>npx tidings dashboard</code></pre>`;
}

function codeForm({ base, next, code }: DoorPage & { kind: 'code' }): Html {
  return html`<h1>Open the dashboard</h1>
    <p>This address is good once, for a minute.</p>
    <form method="post" action="${base}/login" data-goes-by-itself>
      <input type="hidden" name="next" value="${next}" />
      <input type="hidden" name="code" value="${code}" />
      <button class="main" autofocus>Open the dashboard</button>
    </form>`;
}
