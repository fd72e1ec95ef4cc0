// On every page: times in the reader's zone, buttons that copy, keys.
import { all, base, find, isTyping, keep, kept, say } from './dom.js';
import { keepTimes } from './times.js';

keepTimes();
showCopyButtons();
takeKeys();

function showCopyButtons() {
  for (const button of all('[data-copy]', HTMLButtonElement)) button.hidden = false;
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
    if (!(button instanceof HTMLButtonElement)) return;
    const text = button.dataset['copy'] || button.previousElementSibling?.textContent || '';
    void copy(text, button);
  });
}

/** @param {string} text @param {HTMLButtonElement} button */
async function copy(text, button) {
  const label = button.textContent ?? '';
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
    say('Copied');
  } catch {
    // Only a page by https or of this machine may; the text is selected instead.
    const from = button.previousElementSibling;
    if (from !== null) getSelection()?.selectAllChildren(from);
    button.textContent = 'Press Ctrl+C';
  }
  setTimeout(() => (button.textContent = label), 1_600);
}

function takeKeys() {
  const dialog = find('#keys', HTMLDialogElement);
  const isOn = find('[data-keys-on]', HTMLInputElement);
  if (dialog === null || isOn === null) return;
  isOn.checked = kept('keys') !== 'off';
  isOn.addEventListener('change', () => keep('keys', isOn.checked ? 'on' : 'off'));
  for (const button of all('[data-keys]', HTMLButtonElement)) {
    button.hidden = false;
    button.addEventListener('click', () => dialog.showModal());
  }
  let went = Number.NEGATIVE_INFINITY;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping() || dialog.open || !isOn.checked) return;
    if (event.key === '?') return dialog.showModal();
    if (event.key === 'g') return void (went = event.timeStamp);
    // What the page itself does at that key, it does not do then.
    if (event.timeStamp - went < 1_500 && goTo(event.key)) event.preventDefault();
    went = Number.NEGATIVE_INFINITY;
  });
}

/** False: no page has this key. @param {string} key */
function goTo(key) {
  const link = all('nav a[data-key]', HTMLAnchorElement).find((each) => each.dataset['key'] === key);
  if (link !== undefined) location.assign(link.href || `${base}/`);
  return link !== undefined;
}
