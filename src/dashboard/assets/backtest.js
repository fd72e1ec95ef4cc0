// What a text would have told of stored events, event by event, while it is being read.
import { base, find, make, say } from './dom.js';
import { cut, visible } from './same.js';

/** More rows are counted, not shown. */
const MOST_SHOWN = 1_000;

/**
 * One line of what is streamed, as http/api/answers/rules.ts has it.
 * @typedef {{ destination: string, rule: string | null, because: string, words?: string }} Difference
 * @typedef {{ kind: 'read', done: number, total: number }
 *   | { kind: 'change', id: number, received_at: string, event: string, repo: string | null, handle: string | null, title: string | null, no_longer_told: Difference[], newly_told: Difference[] }
 *   | { kind: 'end', events: number, fewer: number, more: number, same: number, says: string[] }
 *   | { kind: 'refused', problems: { where: string, message: string }[], says: string }} Line
 */

/** @param {HTMLFormElement} form @param {HTMLTextAreaElement} field */
export function showBacktest(form, field) {
  const start = find('[data-backtest]', HTMLButtonElement, form);
  const newest = find('#newest', HTMLInputElement, form);
  const place = find('#backtest', HTMLElement);
  if (start === null || newest === null || place === null) return;
  /** @type {AbortController | null} */
  let running = null;
  start.addEventListener('click', () => {
    if (!newest.reportValidity()) return;
    running?.abort();
    const mine = (running = new AbortController());
    start.disabled = true;
    void backtest(field.value, newest.valueAsNumber || 500, place, mine, form).finally(() => {
      start.disabled = false;
      if (running === mine) running = null;
    });
  });
}

/**
 * @param {string} text @param {number} limit @param {HTMLElement} place @param {AbortController} cancel
 * @param {HTMLFormElement} form
 */
async function backtest(text, limit, place, cancel, form) {
  const view = makeView(place, cancel, form.dataset['invocation'] ?? 'npx tidings', limit);
  try {
    const response = await fetch(`${base}/api/v1/rules/backtest`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': document.documentElement.dataset['csrf'] ?? '' },
      body: JSON.stringify({ text, limit }),
      signal: cancel.signal,
    });
    if (!response.ok || response.body === null) {
      const { error } = await response.json().catch(() => ({}));
      return view.end('bad', [error?.message ?? `It was answered with ${response.status}.`]);
    }
    for await (const line of linesOf(response.body)) view.take(line);
    view.end('bad', ['The backtest broke off. Try again.']);
  } catch {
    view.end(cancel.signal.aborted ? 'quiet' : 'bad', [
      cancel.signal.aborted
        ? 'Cancelled. What was found until then stays below.'
        : 'Tidings does not answer. Try again.',
    ]);
  }
}

/** @param {ReadableStream<Uint8Array>} body @returns {AsyncGenerator<Line>} */
async function* linesOf(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line);
  }
}

/** @param {HTMLElement} place @param {AbortController} cancel @param {string} invocation @param {number} limit */
function makeView(place, cancel, invocation, limit) {
  const progress = make('div', 'progress');
  const bar = make('progress');
  bar.setAttribute('aria-label', 'Backtest');
  const words = make('span', 'num', 'Reading …');
  const stop = make('button', '', 'Cancel');
  stop.type = 'button';
  stop.addEventListener('click', () => cancel.abort());
  progress.append(bar, words, stop);
  const changes = make('ol', 'changes');
  place.replaceChildren(make('h3', '', 'Backtest'), progress, changes);
  place.hidden = false;
  place.scrollIntoView({ block: 'nearest' });
  say('The backtest is running');
  let shown = 0;
  let hidden = 0;
  let isOver = false;

  /** @param {'good' | 'bad' | 'quiet'} mood @param {readonly string[]} says */
  function end(mood, says) {
    if (isOver) return;
    isOver = true;
    const notice = make('div', `notice ${mood}`);
    notice.setAttribute('role', 'status');
    for (const each of says) notice.append(make('p', '', each));
    const more = hidden > 0 ? ` and ${hidden.toLocaleString()} more events` : '';
    const twin = `${invocation} backtest --config new.yaml --limit ${limit}`;
    if (more !== '')
      notice.append(make('p', '', `The first ${shown.toLocaleString()} events are listed${more}: ${twin}`));
    progress.replaceWith(notice);
    say(says.join(' '));
  }

  return {
    end,
    /** @param {Line} line */
    take(line) {
      switch (line.kind) {
        case 'read':
          bar.max = Math.max(1, line.total);
          bar.value = line.done;
          words.textContent = `${line.done.toLocaleString()} of ${line.total.toLocaleString()} events read`;
          break;
        case 'change':
          if (shown < MOST_SHOWN) {
            changes.append(changeOf(line));
            shown++;
          } else hidden++;
          break;
        case 'refused':
          end('bad', [line.says, ...line.problems.map(({ where, message }) => `${where}: ${message}`)]);
          break;
        case 'end':
          end(line.fewer + line.more > 0 ? 'good' : 'quiet', line.says);
          break;
      }
    },
  };
}

/** @param {Extract<Line, { kind: 'change' }>} change */
function changeOf({ id, event, repo, handle, title, no_longer_told: fewer, newly_told: more }) {
  const item = make('li');
  const link = make('a', '', `${id}`);
  link.href = `${base}/events/${id}`;
  const about = [repo, handle, title === handle || title === repo ? null : title]
    .filter((part) => part !== null)
    .join(' ');
  item.append(link, ' ', bdi(event), ' ', bdi(cut(about, 160)));
  const list = make('ul');
  for (const each of fewer)
    list.append(differenceOf('−', 'fewer', ['no longer told to ', bdi(each.destination)], each.because));
  for (const each of more) {
    const by = each.rule === null ? ['it takes all'] : ['rule ', bdi(each.rule)];
    list.append(differenceOf('+', 'more', ['told to ', bdi(each.destination), ' by ', ...by], each.words ?? ''));
  }
  item.append(list);
  return item;
}

/** @param {string} sign @param {string} kind @param {(Node | string)[]} words @param {string} why */
function differenceOf(sign, kind, words, why) {
  const item = make('li', kind);
  const mark = make('span', 'sign', sign);
  mark.setAttribute('aria-hidden', 'true');
  item.append(mark, ...words);
  if (why !== '') {
    const reason = make('span', 'why', '(');
    reason.append(bdi(why), ')');
    item.append(' ', reason);
  }
  return item;
}

/** What others wrote: its direction reaches nothing beside it. @param {string} text */
function bdi(text) {
  return make('bdi', '', visible(text));
}
