// The inbox while it is open: rows come in and change, keys move, events are selected.
import { complete } from './complete.js';
import { all, base, find, isTyping, make, say } from './dom.js';
import { listen } from './live.js';
import { fill, rowOf } from './rows.js';
import { localTimes } from './times.js';

const MOST_ROWS = 50;
/** How long after the mouse moved over the list somebody is taken to read it. */
const READING_MS = 4_000;
const LOOK_AGAIN_MS = 3_000;

const section = find('section.inbox', HTMLElement);
const rows = find('#rows', HTMLTableSectionElement);
const q = section?.dataset['q'] ?? '';

complete();
takeKeys();
takePicks();
const stream = section?.dataset['stream'];
if (rows !== null && stream !== undefined) live(rows, stream);

/** @param {HTMLTableSectionElement} rows @param {string} stream */
function live(rows, stream) {
  const news = find('[data-news]', HTMLButtonElement);
  const state = find('[data-live]', HTMLElement);
  /** Newest last. @type {import('./live.js').Summary[]} */
  let waiting = [];
  /** How many came that nobody described. */
  let unseen = 0;
  let movedAt = -READING_MS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  let lookedAt = -LOOK_AGAIN_MS;

  rows.addEventListener('pointermove', () => (movedAt = performance.now()));
  news?.addEventListener('click', () => void showAll(true));

  /** Rows that move under somebody's eyes, finger or focus are worse than rows that wait. */
  function isRead() {
    const isHovered = rows.matches(':hover') && performance.now() - movedAt < READING_MS;
    const isAway = (section?.getBoundingClientRect().top ?? 0) < 0;
    const isSelected = rows.querySelector(':checked') !== null;
    return (
      isHovered ||
      isAway ||
      isSelected ||
      rows.contains(document.activeElement) ||
      document.querySelector('dialog[open]') !== null
    );
  }

  function settle() {
    if (waiting.length + unseen === 0) return;
    if (isRead()) return showCount();
    void showAll(false);
  }

  function showCount() {
    const count = waiting.length + unseen;
    if (news === null) return;
    news.textContent = `${count.toLocaleString('en')} new`;
    news.hidden = count === 0;
  }

  /** @param {boolean} isWanted Somebody asked for it. */
  async function showAll(isWanted) {
    const count = waiting.length + unseen;
    if (unseen > 0) await look();
    else for (const event of waiting) insert(event);
    waiting = [];
    unseen = 0;
    showCount();
    if (count > 0) say(`${count} new event${count === 1 ? '' : 's'}`);
    if (isWanted) section?.scrollIntoView({ block: 'start' });
  }

  /** @param {import('./live.js').Summary} event */
  function insert(event) {
    if (document.getElementById(`e${event.id}`) !== null) return;
    const row = rowOf(event, q);
    if (row === null) return;
    row.classList.add('came');
    rows.prepend(row);
    find('.empty', HTMLElement, section ?? document)?.remove();
    while (rows.rows.length > MOST_ROWS) rows.rows[rows.rows.length - 1]?.remove();
  }

  /** The page anew, for what is not known row by row. At most once in a while. */
  async function look() {
    clearTimeout(again);
    const left = LOOK_AGAIN_MS - (performance.now() - lookedAt);
    if (left > 0) return void (again = setTimeout(() => (isRead() ? showCount() : void look()), left));
    lookedAt = performance.now();
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
    if (answer === null || !answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#rows');
    if (fresh === null) return;
    replaceRows(fresh);
  }

  /** What did not change stays as it is, with the focus and the selection in it. @param {Element} fresh */
  function replaceRows(fresh) {
    const picked = new Set(all(':checked', HTMLInputElement, rows).map((each) => each.value));
    const focused = document.activeElement?.closest('tr')?.id;
    rows.replaceChildren(...[...fresh.children].map((each) => document.importNode(each, true)));
    for (const box of all('input', HTMLInputElement, rows)) box.checked = picked.has(box.value);
    if (focused !== undefined && focused !== '') find(`#${focused} a.open`, HTMLAnchorElement)?.focus();
    if (rows.rows.length > 0) find('.empty', HTMLElement, section ?? document)?.remove();
    localTimes(rows);
  }

  /** @type {number | undefined} */
  let frame;
  const soon = () => (frame ??= requestAnimationFrame(() => ((frame = undefined), settle())));
  setInterval(() => {
    if (!document.hidden) settle();
  }, 2_000);

  listen(stream, {
    came(event) {
      waiting.push(event);
      if (waiting.length > MOST_ROWS) {
        unseen += waiting.length;
        waiting = [];
      }
      soon();
    },
    changed(event) {
      const at = waiting.findIndex(({ id }) => id === event.id);
      if (at >= 0) waiting[at] = event;
      const row = document.getElementById(`e${event.id}`);
      if (row instanceof HTMLTableRowElement && !row.contains(document.activeElement)) fill(row, event, q);
    },
    many(count) {
      unseen += count;
      soon();
    },
    missed() {
      if (!isRead()) void look();
    },
    is(now) {
      if (state === null) return;
      const link = make('a', '', 'Log in again');
      link.href = `${base}/login`;
      if (now === 'out') state.replaceChildren('You are logged out. ', link);
      else state.textContent = { live: 'Live', paused: 'Paused', away: 'Not connected: trying again…' }[now];
    },
  });
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
