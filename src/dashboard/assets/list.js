// The list of the inbox while events come in: rows at its top, or a button that says how many wait.
import { all, find, say } from './dom.js';
import { fill, rowOf } from './rows.js';
import { localTimes } from './times.js';

/** @typedef {import('./rows.js').Summary} Summary */

const MOST_ROWS = 50;
/** How long after the mouse moved over the list somebody is taken to read it. */
const READING_MS = 4_000;
/** Scrolled down by more than this, somebody reads further below. */
const AWAY_PX = 8;
const LOOK_AGAIN_MS = 3_000;
/** Who hears the page is told of many at once. */
const SAY_AGAIN_MS = 10_000;

export class LiveList {
  /** Newest last. @type {Summary[]} */
  #waiting = [];
  /** How many came that nobody described. */
  #unseen = 0;
  /** What is shown may have changed, and nobody said so. */
  #isStale = false;
  #isBusy = false;
  #unsaid = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;
  #movedAt = -READING_MS;
  #lookedAt = -LOOK_AGAIN_MS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  /** @type {number | null} */
  #frame = null;
  /** @type {HTMLElement} */
  #section;
  /** @type {HTMLTableSectionElement} */
  #rows;
  #news = find('[data-news]', HTMLButtonElement);
  #q = '';
  #address = '';

  /** @param {HTMLElement} section @param {HTMLTableSectionElement} rows */
  constructor(section, rows) {
    this.#section = section;
    this.#rows = rows;
    this.#q = section.dataset['q'] ?? '';
    this.#address = section.dataset['newest'] ?? '';
    rows.addEventListener('pointermove', () => (this.#movedAt = performance.now()));
    this.#news?.addEventListener('click', () => void this.#show(true));
    // Whoever reads stops some time.
    setInterval(() => {
      if (!document.hidden) this.#settle();
    }, 2_000);
  }

  /** @param {Summary} event */
  came(event) {
    this.#waiting.push(event);
    if (this.#waiting.length > MOST_ROWS) {
      this.#unseen += this.#waiting.length;
      this.#waiting = [];
    }
    this.#announce(1);
    this.#soon();
  }

  /** @param {Summary} event */
  changed(event) {
    const at = this.#waiting.findIndex(({ id }) => id === event.id);
    if (at >= 0) this.#waiting[at] = event;
    const row = document.getElementById(`e${event.id}`);
    if (!(row instanceof HTMLTableRowElement)) return;
    // What has the focus, or is selected, keeps it: only texts are put in.
    fill(row, event, this.#q);
  }

  /** @param {number} count */
  many(count) {
    this.#unseen += count;
    this.#announce(count);
    this.#soon();
  }

  /** Nobody knows what happened meanwhile. */
  missed() {
    this.#isStale = true;
    this.#soon();
  }

  /** Rows that move under somebody's eyes, finger or focus are worse than rows that wait. */
  #isRead() {
    const isHovered = this.#rows.matches(':hover') && performance.now() - this.#movedAt < READING_MS;
    const isAway = this.#section.getBoundingClientRect().top < -AWAY_PX;
    const isSelected = this.#rows.querySelector(':checked') !== null;
    const text = getSelection();
    const isMarked = text?.isCollapsed === false && text.containsNode(this.#rows, true);
    const isFocused = this.#rows.contains(document.activeElement);
    return (
      isHovered || isAway || isSelected || isMarked || isFocused || document.querySelector('dialog[open]') !== null
    );
  }

  #soon() {
    if (this.#frame !== null) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = null;
      this.#settle();
    });
  }

  #settle() {
    if (this.#count === 0 && !this.#isStale) return;
    if (this.#isRead()) this.#showCount();
    else void this.#show(false);
  }

  get #count() {
    return this.#waiting.length + this.#unseen;
  }

  #showCount() {
    if (this.#news === null) return;
    this.#news.textContent = `${this.#count.toLocaleString('en')} new`;
    this.#news.hidden = this.#count === 0;
  }

  /** @param {boolean} isWanted Somebody asked for it. */
  async #show(isWanted) {
    // What comes while the page is fetched may be in it, or not.
    if (this.#isBusy) return;
    this.#isBusy = true;
    const unseen = this.#unseen;
    const isKnown = (unseen === 0 && !this.#isStale) || (await this.#look(isWanted));
    this.#isBusy = false;
    if (!isKnown) return;
    for (const event of this.#waiting) this.#insert(event);
    this.#waiting = [];
    this.#unseen -= unseen;
    this.#showCount();
    if (this.#count > 0) this.#soon();
    if (!isWanted) return;
    this.#section.scrollIntoView({ block: 'start' });
    // The button is gone.
    this.#section.tabIndex = -1;
    this.#section.focus({ preventScroll: true });
  }

  /** At its place: what fits a filter only now may be older than what is shown. @param {Summary} event */
  #insert(event) {
    if (document.getElementById(`e${event.id}`) !== null) return;
    const before = [...this.#rows.rows].find((each) => Number(each.dataset['id']) < event.id) ?? null;
    if (before === null && this.#rows.rows.length >= MOST_ROWS) return;
    const row = rowOf(event, this.#q);
    if (row === null) return;
    row.classList.add('came');
    this.#rows.insertBefore(row, before);
    this.#section.querySelector('.empty')?.remove();
    while (this.#rows.rows.length > MOST_ROWS) this.#rows.rows[this.#rows.rows.length - 1]?.remove();
  }

  /** @param {number} count */
  #announce(count) {
    this.#unsaid += count;
    if (this.#saying === undefined) this.#saying = setTimeout(() => this.#sayCount(), 300);
  }

  /** Once for all that came since the last time. */
  #sayCount() {
    this.#saying = undefined;
    if (this.#unsaid === 0) return;
    say(`${this.#unsaid.toLocaleString('en')} new event${this.#unsaid === 1 ? '' : 's'}`);
    this.#unsaid = 0;
    this.#saying = setTimeout(() => this.#sayCount(), SAY_AGAIN_MS);
  }

  /** The list anew, for what is not known row by row; at most once in a while, but for who asks. False: later. @param {boolean} isWanted */
  async #look(isWanted) {
    clearTimeout(this.#again);
    const left = LOOK_AGAIN_MS - (performance.now() - this.#lookedAt);
    if (left > 0 && !isWanted) {
      this.#again = setTimeout(() => this.#soon(), left);
      return false;
    }
    this.#lookedAt = performance.now();
    const page = await newest(this.#address);
    if (page === null) return false;
    this.#replace(page.map((event) => rowOf(event, this.#q)).filter((row) => row !== null));
    this.#isStale = false;
    return true;
  }

  /** The selection and the focus stay where they are. @param {HTMLTableRowElement[]} fresh */
  #replace(fresh) {
    const picked = new Set(all(':checked', HTMLInputElement, this.#rows).map((each) => each.value));
    const focused = this.#rows.contains(document.activeElement) ? document.activeElement?.closest('tr')?.id : undefined;
    this.#rows.replaceChildren(...fresh);
    for (const box of all('input', HTMLInputElement, this.#rows)) box.checked = picked.has(box.value);
    if (focused !== undefined) find(`#${focused} a.open`, HTMLAnchorElement)?.focus();
    if (this.#rows.rows.length > 0) this.#section.querySelector('.empty')?.remove();
    localTimes(this.#rows);
  }
}

/**
 * The page of events that stands there without a cursor. Its rows alone: a page made anew costs the server four times as much, and
 * it may be asked for every three seconds by everybody who looks. Null: it cannot be had now.
 * @param {string} address
 * @returns {Promise<Summary[] | null>}
 */
async function newest(address) {
  const answer = await fetch(address).catch(() => null);
  if (answer === null || !answer.ok) return null;
  const body = await answer.json().catch(() => null);
  return body === null ? null : body.events;
}
