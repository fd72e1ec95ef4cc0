// A text field with numbers before its lines, marks where something is wrong, and keys as in an editor.
import { all, find, make } from './dom.js';

/** As in rules.css. */
const LINE = 20;
const TOP = 12;

/** @param {HTMLFormElement} form @param {HTMLTextAreaElement} field @param {() => void} check */
export function editIn(form, field, check) {
  const gutter = find('.gutter', HTMLElement, form);
  const hint = find('.hint', HTMLElement, form);
  if (gutter === null) return;
  gutter.hidden = false;
  if (hint !== null) hint.hidden = false;
  const numbers = make('pre');
  gutter.append(numbers);
  let shown = 0;
  const number = () => {
    const lines = field.value.split('\n').length;
    if (lines !== shown) numbers.textContent = Array.from({ length: lines }, (_, index) => index + 1).join('\n');
    shown = lines;
    follow();
  };
  const follow = () => (gutter.scrollTop = field.scrollTop);
  number();
  field.addEventListener('input', () => {
    number();
    // What was found is about the text as it was.
    for (const mark of all('.fault', HTMLElement, gutter)) mark.remove();
  });
  field.addEventListener('scroll', follow, { passive: true });
  takeKeys(field, check);
}

/** Tab indents; whoever wants to leave by it presses Escape before. @param {HTMLTextAreaElement} field @param {() => void} check */
function takeKeys(field, check) {
  let mayLeave = false;
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return check();
    }
    if (event.key === 'Escape') return void (mayLeave = true);
    if (event.key === 'Tab' && !mayLeave && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      indent(field, event.shiftKey);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      const before = field.value.slice(
        field.value.lastIndexOf('\n', field.selectionStart - 1) + 1,
        field.selectionStart,
      );
      insert(field, `\n${/^ */.exec(before)?.[0] ?? ''}`);
    }
    if (event.key !== 'Shift') mayLeave = false;
  });
  field.addEventListener('blur', () => (mayLeave = false));
}

/** @param {HTMLTextAreaElement} field @param {boolean} isBack */
function indent(field, isBack) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (start === end && !isBack) return insert(field, '  ');
  const from = value.lastIndexOf('\n', start - 1) + 1;
  const lines = value.slice(from, end).split('\n');
  const moved = lines.map((line) => (isBack ? line.replace(/^ {1,2}/, '') : line && `  ${line}`));
  field.setSelectionRange(from, end);
  insert(field, moved.join('\n'));
  const first = (moved[0]?.length ?? 0) - (lines[0]?.length ?? 0);
  field.setSelectionRange(Math.max(from, start + first), from + moved.join('\n').length);
}

/** So that it can be undone, where the browser still has that way. @param {HTMLTextAreaElement} field @param {string} text */
function insert(field, text) {
  const isDone = text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text);
  if (isDone) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Marks each line that the results have a word about. @param {HTMLTextAreaElement} field */
export function markFaults(field) {
  const gutter = find('.gutter', HTMLElement);
  if (gutter === null) return;
  for (const mark of all('.fault', HTMLElement, gutter)) mark.remove();
  const lines = new Map();
  for (const fault of all('#results [data-fault]', HTMLElement)) {
    const line = Number(fault.dataset['fault']);
    lines.set(line, [...(lines.get(line) ?? []), fault.querySelector('p')?.textContent?.trim() ?? '']);
  }
  for (const [line, words] of lines) {
    const mark = make('div', 'fault', String(line));
    mark.style.top = `${TOP + (line - 1) * LINE}px`;
    mark.title = words.join('\n');
    gutter.append(mark);
  }
  field.setAttribute('aria-invalid', lines.size > 0 ? 'true' : 'false');
}

/** @param {HTMLTextAreaElement} field @param {number} line @param {number} column */
export function placeCursor(field, line, column) {
  const before = field.value.split('\n').slice(0, line - 1);
  const at = before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  field.focus({ preventScroll: true });
  field.setSelectionRange(at, at);
  field.scrollTop = Math.max(0, (line - 4) * LINE);
  field.scrollIntoView({ block: 'nearest' });
}
