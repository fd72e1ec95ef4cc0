// The list of the inbox while events come in: rows at its top, or a button that says how many wait.
import { all, find, say } from './dom.js';
import { fill, rowOf } from './rows.js';
import { localTimes } from './times.js';

/** @typedef {import('./rows.js').Summary} Summary */

const MOST_ROWS = 50;
/** How long after the mouse moved over the list somebody is taken to read it. */
const READING_MS = 4_000;
const LOOK_AGAIN_MS = 3_000;

export class LiveList {
  /** Newest last. @type {Summary[]} */
  #waiting = [];
  /** How many came that nobody described. */
  #unseen = 0;
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

  /** @param {HTMLElement} section @param {HTMLTableSectionElement} rows */
  constructor(section, rows) {
    this.#section = section;
    this.#rows = rows;
    this.#q = section.dataset['q'] ?? '';
    rows.addEventListener('pointermove', () => (this.#movedAt = performance.now()));
    this.#news?.addEventListener('click', () => void this.#show(true));
    // Whoever reads stops some time.
    setInterval(() => {
      if (!document.hidden) this.#settle();
    }, 2_000);
  }

  /** @param {Summary} event */
  came(event) {
    // Heard, and looked at meanwhile.
    if (document.getElementById(`e${event.id}`) !== null) return this.changed(event);
    this.#waiting.push(event);
    if (this.#waiting.length > MOST_ROWS) {
      this.#unseen += this.#waiting.length;
      this.#waiting = [];
    }
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

  /** Of the rows. */
  get newest() {
    return Math.max(0, ...[...this.#rows.rows].map((row) => Number(row.dataset['id'] ?? 0)));
  }

  /** @param {number} count */
  many(count) {
    this.#unseen += count;
    this.#soon();
  }

  /** Nobody knows what happened meanwhile. */
  missed() {
    if (!this.#isRead()) void this.#look();
  }

  /** Rows that move under somebody's eyes, finger or focus are worse than rows that wait. */
  #isRead() {
    const isHovered = this.#rows.matches(':hover') && performance.now() - this.#movedAt < READING_MS;
    const isAway = this.#section.getBoundingClientRect().top < 0;
    const isSelected = this.#rows.querySelector(':checked') !== null;
    const isFocused = this.#rows.contains(document.activeElement);
    return isHovered || isAway || isSelected || isFocused || document.querySelector('dialog[open]') !== null;
  }

  #soon() {
    if (this.#frame !== null) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = null;
      this.#settle();
    });
  }

  #settle() {
    if (this.#count === 0) return;
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
    const count = this.#count;
    if (this.#unseen > 0 && !(await this.#look())) return;
    if (this.#unseen === 0) for (const event of this.#waiting) this.#insert(event);
    this.#waiting = [];
    this.#unseen = 0;
    this.#showCount();
    if (count > 0) say(`${count} new event${count === 1 ? '' : 's'}`);
    if (isWanted) this.#section.scrollIntoView({ block: 'start' });
  }

  /** @param {Summary} event */
  #insert(event) {
    if (document.getElementById(`e${event.id}`) !== null) return;
    const row = rowOf(event, this.#q);
    if (row === null) return;
    row.classList.add('came');
    this.#rows.prepend(row);
    this.#section.querySelector('.empty')?.remove();
    while (this.#rows.rows.length > MOST_ROWS) this.#rows.rows[this.#rows.rows.length - 1]?.remove();
  }

  /** The page anew, for what is not known row by row; at most once in a while. False: later. */
  async #look() {
    clearTimeout(this.#again);
    const left = LOOK_AGAIN_MS - (performance.now() - this.#lookedAt);
    if (left > 0) {
      this.#again = setTimeout(() => this.#soon(), left);
      return false;
    }
    this.#lookedAt = performance.now();
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
    if (answer === null || !answer.ok) return false;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#rows');
    if (fresh !== null) this.#replace(fresh);
    return fresh !== null;
  }

  /** The selection and the focus stay where they are. @param {Element} fresh */
  #replace(fresh) {
    const picked = new Set(all(':checked', HTMLInputElement, this.#rows).map((each) => each.value));
    const focused = this.#rows.contains(document.activeElement) ? document.activeElement?.closest('tr')?.id : undefined;
    this.#rows.replaceChildren(...[...fresh.children].map((each) => document.importNode(each, true)));
    for (const box of all('input', HTMLInputElement, this.#rows)) box.checked = picked.has(box.value);
    if (focused !== undefined) find(`#${focused} a.open`, HTMLAnchorElement)?.focus();
    if (this.#rows.rows.length > 0) this.#section.querySelector('.empty')?.remove();
    localTimes(this.#rows);
  }
}
