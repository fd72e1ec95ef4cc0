// The inbox while it is open: rows come in and change, keys move, events are selected.
import { complete } from './complete.js';
import { all, base, find, isTyping, make } from './dom.js';
import { LiveList } from './list.js';
import { listen } from './live.js';

complete();
takeKeys();
takePicks();
live();

function live() {
  const section = find('section.inbox', HTMLElement);
  const rows = find('#rows', HTMLTableSectionElement);
  const stream = section?.dataset['stream'];
  // Only the first page is live.
  if (section === null || rows === null || stream === undefined) return;
  const list = new LiveList(section, rows);
  listen(stream, {
    newest: () => list.newest,
    came: (event) => list.came(event),
    changed: (event) => list.changed(event),
    many: (count) => list.many(count),
    missed: () => list.missed(),
    is: sayState,
  });
}

/** @param {'live' | 'paused' | 'away' | 'out'} now */
function sayState(now) {
  const state = find('[data-live]', HTMLElement);
  if (state === null) return;
  const link = make('a', '', 'Log in again');
  link.href = `${base}/login`;
  if (now === 'out') state.replaceChildren('You are logged out. ', link);
  else state.textContent = { live: 'Live', paused: 'Paused', away: 'Not connected: trying again…' }[now];
}

function takeKeys() {
  const isOn = find('[data-keys-on]', HTMLInputElement);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping() || isOn?.checked === false || document.querySelector('dialog[open]') !== null) return;
    const act = KEYS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

/** @type {Record<string, () => void>} */
const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => current()?.querySelector('input')?.click(),
  '/': () => find('#q', HTMLInputElement)?.select(),
  r: () => {
    const form = find('form#picked', HTMLFormElement);
    if (form === null) return;
    if (form.querySelector('#rows :checked') === null) current()?.querySelector('input')?.click();
    if (form.querySelector('#rows :checked') !== null) form.requestSubmit();
  },
};

function current() {
  const row = document.activeElement?.closest('#rows tr');
  return row instanceof HTMLTableRowElement ? row : null;
}

/** @param {1 | -1} by */
function move(by) {
  const links = all('#rows a.open', HTMLAnchorElement);
  const at = links.findIndex((each) => current()?.contains(each));
  const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))];
  next?.focus();
}

function takePicks() {
  const form = find('form#picked', HTMLFormElement);
  const words = find('[data-picked]', HTMLElement);
  const button = find('[data-replay]', HTMLButtonElement);
  if (form === null || words === null || button === null) return;
  const count = () => {
    const picked = all('#rows :checked', HTMLInputElement, form).length;
    words.textContent = picked === 0 ? 'Select events to replay them.' : `${picked} selected`;
    button.disabled = picked === 0;
  };
  form.addEventListener('change', count);
  // The browser may have kept the selection of before.
  addEventListener('pageshow', count);
  count();
}
