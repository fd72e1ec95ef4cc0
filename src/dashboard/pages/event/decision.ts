import { html } from 'hono/html';
import type { Explanation } from '../../../http/api/answers/events.ts';
import { cut, type Html, theirs } from '../../parts/html.ts';
import { mood } from '../../parts/mood.ts';

type Rule = Explanation['rules'][number];
type Check = Rule['checks'][number];

/** Longer values are cut: a list of all changed files, for one. */
const MOST = 400;

/** Rule by rule, condition by condition, in the order in which they were asked. */
export function decision({ rules, notes }: Explanation): Html {
  const none = html`<p class="muted card">No rule was asked.</p>`;
  return html`<section aria-labelledby="decision"><h2 id="decision">Why</h2>
    ${rules.length === 0 ? none : html`<div class="rules">${rules.map(rule)}</div>`}
    ${notes.length === 0 ? '' : html`<ul class="notes">${notes.map((note) => html`<li>${theirs(cut(note, MOST))}</li>`)}</ul>`}
  </section>`;
}

/** One that matched is open; of the others, the first thing that kept it from matching is seen without a click. */
function rule({ rule: name, result, to, checks }: Rule): Html {
  const isMatch = result === 'matched';
  const title = html`<span class="name">${theirs(name)}</span><span class="result">${verdict(result, to)}</span>`;
  if (checks.length === 0) return html`<div class="rule ${result}"><p class="title">${title}</p></div>`;
  const failed = isMatch ? undefined : checks.find(({ ok }) => !ok);
  return html`<details class="rule ${result}" ${isMatch ? html`open` : ''}><summary><span class="title">${title}</span>${failed === undefined ? '' : html`<span class="short">${shortly(failed)}</span>`}</summary>
    <table class="checks cards"><thead><tr><th scope="col">Condition</th><th scope="col">Wanted</th><th scope="col">Saw</th></tr></thead>
    <tbody>${checks.map(check)}</tbody></table></details>`;
}

function verdict(result: Rule['result'], to: readonly string[]): Html {
  switch (result) {
    case 'matched':
      return html`${mood('good', 'matched')}${to.length === 0 ? ', and tells nobody' : html` → ${to.map((each, index) => html`${index > 0 ? ', ' : ''}${theirs(each)}`)}`}`;
    case 'no_match':
      return mood('quiet', 'did not match', '✕');
    case 'not_asked':
      return html`${mood('quiet', 'not asked')}: an earlier rule that matched has <code>stop: true</code>`;
  }
}

function shortly({ check: name, wanted, actual }: Check): Html {
  return html`<code>${theirs(name)}</code> wanted ${theirs(cut(wanted, 80))}, saw ${theirs(cut(actual, 80))}`;
}

function check({ check: name, ok, wanted, actual, from }: Check): Html {
  const word = ok ? 'holds' : 'does not hold';
  const where = from === null || from === undefined ? '' : html` <span class="muted">(${theirs(from)})</span>`;
  return html`<tr><th scope="row" data-label="Condition"><span><span class="mood ${ok ? 'good' : 'bad'}"><span class="sign" aria-hidden="true">${ok ? '✓' : '✕'}</span><span class="unseen">${word}: </span></span><code>${theirs(name)}</code></span></th><td data-label="Wanted"><span>${theirs(cut(wanted, MOST))}${where}</span></td><td data-label="Saw"><span>${theirs(cut(actual, MOST))}</span></td></tr>`;
}
