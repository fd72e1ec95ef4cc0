// The payload's tree: the server draws it, and it opens and closes by itself.
import { all, find, make, say } from './dom.js';

const MOST_HITS = 200;

export function tree() {
  const root = find('[data-tree]', HTMLElement);
  const tools = find('.payload .tools', HTMLElement);
  if (root === null || tools === null) return;
  search(root, tools);
  copies(root);
}

/** @param {HTMLElement} root @param {HTMLElement} tools */
function search(root, tools) {
  const input = make('input', 'find');
  input.type = 'search';
  input.placeholder = 'Search the payload';
  input.setAttribute('aria-label', 'Search the payload');
  input.dataset['find'] = '';
  tools.querySelector('.muted')?.after(input);
  const wasOpen = new Set(all('details[open]', HTMLDetailsElement, root));
  input.addEventListener('input', () => mark(root, input.value.trim().toLowerCase(), wasOpen));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') root.querySelector('.hit')?.scrollIntoView({ block: 'center' });
    if (event.key === 'Escape') input.blur();
  });
}

/** @param {HTMLElement} root @param {string} sought @param {Set<HTMLDetailsElement>} wasOpen */
function mark(root, sought, wasOpen) {
  for (const hit of all('.hit', HTMLElement, root)) hit.classList.remove('hit');
  const boxes = all('details', HTMLDetailsElement, root);
  if (sought === '') {
    for (const box of boxes) box.open = wasOpen.has(box);
    return;
  }
  for (const box of boxes) box.open = false;
  let count = 0;
  for (const line of all('li', HTMLLIElement, root)) {
    const own = `${line.dataset['k'] ?? ''}\n${line.querySelector(':scope > .v')?.textContent ?? ''}`;
    if (!own.toLowerCase().includes(sought)) continue;
    count += 1;
    if (count > MOST_HITS) break;
    line.classList.add('hit');
    for (let up = line.parentElement?.closest('details'); up; up = up.parentElement?.closest('details')) up.open = true;
  }
  root.querySelector('.hit')?.scrollIntoView({ block: 'nearest' });
  say(count === 0 ? 'Nothing found' : `${count > MOST_HITS ? `more than ${MOST_HITS}` : count} found`);
}

/** One pair of buttons, beside the line that the mouse or the focus is at. @param {HTMLElement} root */
function copies(root) {
  const buttons = make('span', 'copies');
  const path = make('button', 'quiet', 'Copy path');
  const rule = make('button', 'quiet', 'Copy for a template');
  for (const button of [path, rule]) {
    button.type = 'button';
    button.dataset['copy'] = '';
    buttons.append(button);
  }
  /** @param {Event} event */
  function show(event) {
    const line = event.target instanceof Element ? event.target.closest('li') : null;
    if (line === null || !root.contains(line) || buttons.parentElement?.closest('li') === line) return;
    if (buttons.contains(document.activeElement)) return;
    const at = pathOf(line, root);
    path.dataset['copy'] = at;
    rule.dataset['copy'] = `{{ ${at} }}`;
    const summary = line.querySelector(':scope > details > summary');
    // Not inside a summary: a button there would be part of what opens it.
    if (summary === null) line.append(buttons);
    else summary.after(buttons);
  }
  root.addEventListener('pointerover', show);
  root.addEventListener('focusin', show);
  root.addEventListener('click', show);
  for (const line of all('li:not(:has(> details))', HTMLLIElement, root)) line.tabIndex = -1;
}

/**
 * As rules' templates write it: `payload.order.items[0].title`, `payload["order-id"]`.
 * @param {Element} line @param {Element} root
 */
export function pathOf(line, root) {
  let path = '';
  for (let at = /** @type {Element | null} */ (line); at !== null && at !== root; at = at.parentElement) {
    if (!(at instanceof HTMLLIElement)) continue;
    const { k, i } = at.dataset;
    if (k !== undefined) path = `${/^[A-Za-z_]\w*$/.test(k) ? `.${k}` : `[${JSON.stringify(k)}]`}${path}`;
    else if (i !== undefined) path = `[${i}]${path}`;
  }
  return `payload${path}`;
}
