// What may follow in the line that asks: a list below it, for the mouse, the keys and who hears it (a combobox by ARIA's pattern).
import { find, make } from './dom.js';

/** @typedef {{ key: string, hint: string, values: string[] }} Offer */
/** @typedef {{ text: string, hint: string, isWhole: boolean }} Choice */

const MOST = 8;

export function complete() {
  const input = find('input[data-complete]', HTMLInputElement);
  if (input !== null) new Completion(input, JSON.parse(input.dataset['complete'] ?? '[]')).listen();
}

class Completion {
  /** Which choice the arrow keys stand at; -1: none. */
  #at = -1;
  /** @type {Choice[]} */
  #choices = [];
  #list = make('ul', 'offers');

  /** @param {HTMLInputElement} input @param {Offer[]} offers */
  constructor(input, offers) {
    this.input = input;
    this.offers = offers;
    this.#list.id = 'offers';
    this.#list.role = 'listbox';
    this.#list.hidden = true;
    this.#list.setAttribute('aria-label', 'What may follow');
    input.after(this.#list);
    input.role = 'combobox';
    input.setAttribute('aria-controls', this.#list.id);
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-expanded', 'false');
  }

  listen() {
    for (const when of ['input', 'focus', 'click']) this.input.addEventListener(when, () => this.#show());
    this.input.addEventListener('blur', () => this.#close());
    this.input.addEventListener('keydown', (event) => {
      if (this.#take(event.key)) event.preventDefault();
    });
  }

  /** @param {string} key @returns {boolean} Whether the key meant the list. */
  #take(key) {
    const isOpen = !this.#list.hidden;
    if (key === 'Escape') {
      if (isOpen) this.#close();
      else this.input.blur();
      return isOpen;
    }
    if (!isOpen) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const count = this.#choices.length;
      if (key === 'ArrowDown') this.#at = (this.#at + 1) % count;
      else this.#at = this.#at <= 0 ? count - 1 : this.#at - 1;
      this.#mark();
      return true;
    }
    if ((key !== 'Enter' && key !== 'Tab') || this.#at < 0) return false;
    this.#put(this.#at);
    return true;
  }

  #show() {
    this.#choices = choicesFor(tokenOf(this.input).text, this.offers);
    this.#at = -1;
    this.#list.replaceChildren(...this.#choices.map((choice, index) => this.#item(choice, index)));
    this.#mark();
  }

  #close() {
    this.#choices = [];
    this.#at = -1;
    this.#mark();
  }

  /** @param {Choice} choice @param {number} index */
  #item(choice, index) {
    const element = make('li');
    element.role = 'option';
    element.id = `offer-${index}`;
    element.append(make('code', '', choice.text), make('span', 'hint', choice.hint));
    // Before the field loses the focus.
    element.addEventListener('mousedown', (event) => {
      event.preventDefault();
      this.#put(index);
    });
    return element;
  }

  #mark() {
    const isOpen = this.#choices.length > 0 && document.activeElement === this.input;
    this.#list.hidden = !isOpen;
    this.input.setAttribute('aria-expanded', String(isOpen));
    for (const [index, element] of [...this.#list.children].entries()) {
      element.setAttribute('aria-selected', String(index === this.#at));
      if (index === this.#at) element.scrollIntoView({ block: 'nearest' });
    }
    if (this.#at >= 0) this.input.setAttribute('aria-activedescendant', `offer-${this.#at}`);
    else this.input.removeAttribute('aria-activedescendant');
  }

  /** @param {number} index */
  #put(index) {
    const choice = this.#choices[index];
    if (choice === undefined) return;
    const { start, end } = tokenOf(this.input);
    this.input.setRangeText(`${choice.text}${choice.isWhole ? ' ' : ''}`, start, end, 'end');
    this.#show();
  }
}

/** The word that the cursor stands behind. @param {HTMLInputElement} input */
function tokenOf(input) {
  const end = input.selectionStart ?? input.value.length;
  const start = input.value.slice(0, end).search(/[^\s]*$/);
  return { start, end, text: input.value.slice(start, end) };
}

/** @param {string} token @param {Offer[]} offers @returns {Choice[]} */
function choicesFor(token, offers) {
  const [, key, typed = ''] = /^([a-z]+):(.*)$/.exec(token) ?? [];
  const offer = offers.find((each) => each.key === key);
  if (offer === undefined) {
    return offers
      .filter((each) => each.key.startsWith(token.toLowerCase()))
      .map((each) => ({ text: `${each.key}:`, hint: each.hint, isWhole: false }));
  }
  const bare = typed.replaceAll('"', '').toLowerCase();
  return offer.values
    .filter((value) => value.toLowerCase().includes(bare) && value !== typed)
    .slice(0, MOST)
    .map((value) => ({ text: `${offer.key}:${/\s/.test(value) ? `"${value}"` : value}`, hint: '', isWhole: true }));
}
