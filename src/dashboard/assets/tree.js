// The payload's tree: the server draws it, and it opens and closes by itself.
import { all, find, make, say } from './dom.js';

const MOST_HITS = 200;

export function tree() {
  const root = find('[data-tree]', HTMLElement);
  const tools = find('.payload .tools', HTMLElement);
  if (root === null || tools === null) return;
  search(root, tools);
  copies(root);
  keys(root);
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
    if (event.key === 'Enter') lineIn(root.querySelector('.hit'))?.focus();
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
}

const LINES = 'summary, li:not(:has(> details))';

/** What of a line can have the focus. @param {Element | null} item */
function lineIn(item) {
  return item === null
    ? null
    : (find(':scope > details > summary', HTMLElement, item) ?? (item instanceof HTMLElement ? item : null));
}

/** One stop of the Tab key, as trees are: arrows go on from there, and the next Tab is for the buttons of the line. @param {HTMLElement} root */
function keys(root) {
  const lines = all(LINES, HTMLElement, root);
  let current = lines[0];
  for (const line of lines) line.tabIndex = line === current ? 0 : -1;
  root.setAttribute('aria-label', 'Payload: arrow keys move in it, Tab goes to what copies a line');
  root.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.matches(LINES)) return;
    if (current !== undefined) current.tabIndex = -1;
    current = target;
    current.tabIndex = 0;
  });
  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || current === undefined) return;
    const next = goal(event.key, current, lines);
    if (next === undefined) return;
    event.preventDefault();
    next?.focus();
  });
}

/**
 * Where a key leads; null: it did what it means, undefined: it means nothing here.
 * @param {string} key @param {HTMLElement} current @param {HTMLElement[]} lines
 */
function goal(key, current, lines) {
  const box = current.parentElement instanceof HTMLDetailsElement ? current.parentElement : null;
  const shown = lines.filter((each) => each.checkVisibility());
  const at = shown.indexOf(current);
  switch (key) {
    case 'ArrowDown':
      return shown[at + 1] ?? null;
    case 'ArrowUp':
      return shown[at - 1] ?? null;
    case 'Home':
      return shown[0];
    case 'End':
      return shown.at(-1);
    case 'ArrowRight':
      if (box === null || box.open) return box === null ? null : shown[at + 1];
      box.open = true;
      return null;
    case 'ArrowLeft': {
      if (box?.open === true) {
        box.open = false;
        return null;
      }
      return lineIn(current.closest('ul')?.closest('li') ?? null);
    }
  }
  return undefined;
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
