import { html } from 'hono/html';
import type { Rules } from '../../../http/api/answers/rules.ts';
import type { Visit } from '../../../http/visit.ts';
import { command } from '../../parts/command.ts';
import { csrfField } from '../../parts/form.ts';
import { type Html, theirs } from '../../parts/html.ts';
import { timeAgo } from '../../parts/time.ts';

interface Shown {
  readonly text: string;
  readonly etag: string;
  readonly results: Html;
}

interface Around {
  readonly visit: Visit;
  /** How the command line is called here. */
  readonly invocation: string;
  readonly now: number;
}

/** A text to try before it is the file. What is sent without JavaScript is answered by the same page. */
export function editor(rules: Rules, { text, etag, results }: Shown, { visit, invocation, now }: Around): Html {
  const { file } = rules;
  const fileText = file?.text ?? rules.template ?? '';
  const mayWrite = visit.caller.role === 'admin' && (file === null || file.writable);
  return html`<h2 id="try">${file === null ? 'Write a file of your own' : 'Try a change'}</h2>
  ${about(rules, now)}
  <form method="post" action="${visit.base}/rules#results" class="try" data-rules data-etag="${file?.etag ?? 'none'}" ${text === fileText ? html`data-is-file` : ''} data-name="${file?.path ?? 'tidings.yaml'}" data-invocation="${invocation}">
    ${csrfField(visit)}<input type="hidden" name="etag" value="${etag}" />
    <div id="kept"></div>
    <label class="unseen" for="text">Text of ${file?.path ?? 'tidings.yaml'}</label>
    <div class="editor"><div class="gutter" aria-hidden="true" hidden></div><textarea id="text" name="text" rows="24" wrap="off" spellcheck="false" autocapitalize="off" autocomplete="off" maxlength="1000000" aria-describedby="editor-keys">
${text}</textarea></div>
    <p id="editor-keys" class="muted hint" hidden>Tab indents; Esc, then Tab leaves the field. Ctrl+Enter checks.</p>
    <div class="row acts">
      <button name="do" value="check" class="main">Check</button>
      <button name="do" value="test">Run tests</button>
      <span class="row backtest" data-scripted hidden><button type="button" data-backtest>Backtest</button>
        <span class="over"><label for="newest">over the newest</label> <input id="newest" type="number" min="1" max="100000" step="1" value="500" /> events</span></span>
      <span class="row end"><button type="button" data-scripted data-copy-text hidden>Copy</button><button type="button" data-scripted data-download hidden>Download</button>
      ${mayWrite ? html`<button name="do" value="write">Write</button>` : ''}</span>
    </div>
  </form>
  <section id="results" class="results" aria-label="What the text would do" tabindex="-1">${results}</section>
  <section id="backtest" class="results" aria-label="Backtest" hidden></section>
  ${twins(invocation, mayWrite)}`;
}

function about({ file }: Rules, now: number): Html {
  if (file === null) {
    return html`<p class="lead">There is no tidings.yaml, so the built-in rules decide. Here is a text to start from. Nothing happens until it is written.</p>`;
  }
  const { path, writable, why_not_writable: why } = file;
  return html`<p class="lead">The text of <code>${theirs(path)}</code>, changed ${timeAgo(file.changed_at, now)}. Nothing here takes effect until it is in the file.${
    writable ? '' : html` It can't be written from here. ${theirs(why ?? '')} Copy or download the text instead.`
  } Only rules and what belongs to them can be tried; sources, destinations and retention are changed in the file itself.</p>`;
}

function twins(invocation: string, mayWrite: boolean): Html {
  return html`<details class="twins"><summary>The same in a terminal</summary><dl class="facts">
    <dt>Check, run tests</dt><dd>${command(`${invocation} test --config new.yaml`)}</dd>
    <dt>Backtest</dt><dd>${command(`${invocation} backtest --config new.yaml --limit 500`)}</dd>
    ${mayWrite ? html`<dt>Write</dt><dd>${command('mv new.yaml tidings.yaml')}, or any editor</dd>` : ''}
  </dl><noscript><p>Backtests need JavaScript here; the command does not.</p></noscript></details>`;
}
