// What every module here needs of a page.

/** Before every path of ours: '' or `/tidings`. */
export const base = document.documentElement.dataset['base'] ?? '';

/**
 * The first of that selector, of that kind.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 * @returns {T | null}
 */
export function find(selector, kind, within = document) {
  const found = within.querySelector(selector);
  return found instanceof kind ? found : null;
}

/**
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 * @returns {T[]}
 */
export function all(selector, kind, within = document) {
  return [...within.querySelectorAll(selector)].filter(/** @returns {each is T} */ (each) => each instanceof kind);
}

/**
 * An element with text in it: what others wrote is never read as markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} [className]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(name, className = '', text = '') {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}

/**
 * Said to whoever hears the page, once they are not busy with something else.
 * @param {string} text
 */
export function say(text) {
  const place = document.getElementById('said');
  if (place !== null) place.textContent = text;
}

/** Whether keys pressed now go into a field. */
export function isTyping() {
  const at = document.activeElement;
  return at instanceof HTMLElement && at.matches('input:not([type=checkbox]), textarea, select, [contenteditable]');
}

/**
 * Something that the browser keeps for this page alone; null where it keeps nothing.
 * @param {string} name
 */
export function kept(name) {
  try {
    return localStorage.getItem(`tidings.${name}`);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function keep(name, value) {
  try {
    localStorage.setItem(`tidings.${name}`, value);
  } catch {
    // Private windows keep nothing; then it holds until the page is left.
  }
}
