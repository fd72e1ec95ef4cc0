// What may follow in the line that asks: a list below it, for the mouse, the keys and who hears it (a combobox by ARIA's pattern).
import { find, make } from './dom.js';

/** @typedef {{ key: string, hint: string, values: string[] }} Offer */
/** @typedef {{ text: string, hint: string, isWhole: boolean }} Choice */

const MOST = 8;

export function complete() {
  const input = find('input[data-complete]', HTMLInputElement);
  if (input !== null) completeIn(input);
}

/** @param {HTMLInputElement} input */
function completeIn(input) {
  /** @type {Offer[]} */
  const offers = JSON.parse(input.dataset['complete'] ?? '[]');
  const list = make('ul', 'offers');
  list.id = 'offers';
  list.role = 'listbox';
  list.hidden = true;
  list.setAttribute('aria-label', 'What may follow');
  input.after(list);
  input.role = 'combobox';
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-expanded', 'false');
  let chosen = -1;
  /** @type {Choice[]} */
  let choices = [];

  function show() {
    choices = choicesFor(tokenOf(input).text, offers);
    chosen = -1;
    list.replaceChildren(...choices.map(item));
    mark();
  }

  /** @param {Choice} choice @param {number} index */
  function item(choice, index) {
    const element = make('li');
    element.role = 'option';
    element.id = `offer-${index}`;
    element.append(make('code', '', choice.text), make('span', 'hint', choice.hint));
    // Before the field loses the focus.
    element.addEventListener('mousedown', (event) => {
      event.preventDefault();
      take(index);
    });
    return element;
  }

  function mark() {
    const isOpen = choices.length > 0 && document.activeElement === input;
    list.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    for (const [index, element] of [...list.children].entries()) {
      element.setAttribute('aria-selected', String(index === chosen));
      if (index === chosen) element.scrollIntoView({ block: 'nearest' });
    }
    if (chosen >= 0) input.setAttribute('aria-activedescendant', `offer-${chosen}`);
    else input.removeAttribute('aria-activedescendant');
  }

  /** @param {number} index */
  function take(index) {
    const choice = choices[index];
    if (choice === undefined) return;
    const { start, end } = tokenOf(input);
    input.setRangeText(`${choice.text}${choice.isWhole ? ' ' : ''}`, start, end, 'end');
    show();
  }

  function close() {
    choices = [];
    chosen = -1;
    mark();
  }

  input.addEventListener('input', show);
  input.addEventListener('focus', show);
  input.addEventListener('click', show);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    const isOpen = !list.hidden;
    if (event.key === 'Escape') {
      if (isOpen) event.preventDefault();
      if (isOpen) close();
      else input.blur();
    } else if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      chosen = (chosen + by + choices.length + (chosen < 0 && by < 0 ? 1 : 0)) % choices.length;
      mark();
    } else if (isOpen && chosen >= 0 && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      take(chosen);
    }
  });
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
