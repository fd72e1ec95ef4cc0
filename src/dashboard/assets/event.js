// One event: keys, and the payload's tree: search in it, copy where a value stands.
import { find, isTyping } from './dom.js';
import { tree } from './tree.js';

tree();

const isOn = find('[data-keys-on]', HTMLInputElement);
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping() || isOn?.checked === false || document.querySelector('dialog[open]') !== null) return;
  const selector = { j: '[data-older]', k: '[data-newer]', r: '[data-replay]', '/': '[data-find]' }[event.key];
  if (selector === undefined) return;
  const target = find(selector, HTMLElement);
  if (target === null) return;
  event.preventDefault();
  if (target instanceof HTMLAnchorElement) target.click();
  else target.focus();
});
