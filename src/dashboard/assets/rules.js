// The page of rules: an editor with line numbers and marks, answers without leaving the page, the backtest line by line.
import { showBacktest } from './backtest.js';
import { all, base, find, make, say } from './dom.js';
import { editIn, markFaults, placeCursor } from './editor.js';

/** In this tab's storage. */
const DRAFT = 'tidings.rules';

const form = find('form[data-rules]', HTMLFormElement);
const field = find('#text', HTMLTextAreaElement);
if (form !== null && field !== null) start(form, field);

/** @param {HTMLFormElement} form @param {HTMLTextAreaElement} field */
function start(form, field) {
  for (const button of all('[data-scripted]', HTMLElement, form)) button.hidden = false;
  keepText(form, field);
  editIn(form, field, () => void answer(form, field, 'check'));
  markFaults(field);
  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    const what = button instanceof HTMLButtonElement ? button.value : 'check';
    // What is written is answered by a page of its own, so that everything on it is of the new file.
    if (what === 'write') {
      if (!isMeant(form, field)) event.preventDefault();
      return;
    }
    event.preventDefault();
    void answer(form, field, what);
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('[data-line]') : null;
    if (!(link instanceof HTMLElement)) return;
    event.preventDefault();
    placeCursor(field, Number(link.dataset['line']), Number(link.dataset['column'] ?? 1));
  });
  showBacktest(form, field);
  takeText(form, field);
}

/** Asks the page as a form would, and takes what it answers: both look the same. @param {HTMLFormElement} form @param {HTMLTextAreaElement} field @param {string} what */
async function answer(form, field, what) {
  const place = find('#results', HTMLElement);
  if (place === null) return;
  const body = new URLSearchParams({ do: what, text: field.value });
  for (const name of ['csrf', 'etag']) body.set(name, find(`input[name=${name}]`, HTMLInputElement, form)?.value ?? '');
  place.setAttribute('aria-busy', 'true');
  const buttons = all('button[name=do]', HTMLButtonElement, form);
  for (const button of buttons) button.disabled = true;
  try {
    const response = await fetch(form.action, { method: 'POST', body });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const answered = page.querySelector('#results') ?? page.querySelector('main');
    place.replaceChildren(...(answered?.childNodes ?? []));
    say(place.querySelector('.mood')?.textContent?.replace(/^\S/, '') ?? 'Answered');
  } catch {
    place.replaceChildren(trouble('Tidings does not answer. Your text is kept in this tab: try again.'));
    say('Tidings does not answer');
  } finally {
    place.removeAttribute('aria-busy');
    for (const button of buttons) button.disabled = false;
  }
  markFaults(field);
  place.scrollIntoView({ block: 'nearest' });
}

/** @param {string} text */
function trouble(text) {
  const notice = make('div', 'notice bad', '');
  notice.setAttribute('role', 'alert');
  notice.append(text);
  return notice;
}

/** @param {HTMLFormElement} form @param {HTMLTextAreaElement} field */
function isMeant(form, field) {
  return field.value.trim() !== '' || confirm(`The text is empty. Write it to ${form.dataset['name'] ?? 'the file'}?`);
}

/**
 * What is not written yet outlives a reload, in this tab alone.
 * @param {HTMLFormElement} form @param {HTMLTextAreaElement} field
 */
function keepText(form, field) {
  const etag = form.dataset['etag'] ?? '';
  // On a page that answers, the field holds what was sent.
  const fileText = 'isFile' in form.dataset ? field.defaultValue : null;
  const draft = fileText === null ? null : readDraft();
  if (draft !== null && draft.text !== fileText) {
    field.value = draft.text;
    const isOther = draft.etag !== etag;
    tell(
      form,
      field,
      isOther ? 'The file changed since you began. Your text is back.' : 'Your text is back: it is not written yet.',
      isOther,
    );
  }
  const save = () => {
    try {
      if (field.value === fileText) sessionStorage.removeItem(DRAFT);
      else sessionStorage.setItem(DRAFT, JSON.stringify({ text: field.value, etag: draft?.etag ?? etag }));
    } catch {
      // A window that keeps nothing.
    }
  };
  save();
  field.addEventListener('input', save);
  let known = etag;
  const look = async () => {
    const now = await etagNow();
    if (now === null || now === known) return;
    known = now;
    tell(form, field, 'The file changed meanwhile.', true);
    say('The file changed meanwhile');
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void look();
  });
}

/** Null: nobody knows. */
async function etagNow() {
  try {
    const response = await fetch(`${base}/api/v1/rules`);
    return response.ok ? ((await response.json()).file?.etag ?? 'none') : null;
  } catch {
    return null;
  }
}

/** @param {HTMLFormElement} form @param {HTMLTextAreaElement} field @param {string} words @param {boolean} isOther */
function tell(form, field, words, isOther) {
  const notice = make('div', `notice ${isOther ? 'busy' : 'quiet'}`);
  notice.setAttribute('role', 'status');
  notice.append(words, ' ');
  if (isOther)
    notice.append(
      button('See both', () => void answer(form, field, 'check')),
      ' ',
    );
  notice.append(button('Discard my text', discard));
  find('#kept', HTMLElement)?.replaceChildren(notice);
}

/** The page as it is without. */
function discard() {
  try {
    sessionStorage.removeItem(DRAFT);
  } catch {
    // Then there is none.
  }
  location.assign(`${base}/rules`);
}

/** @returns {{ readonly text: string, readonly etag: string } | null} */
function readDraft() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(DRAFT) ?? 'null');
    return typeof kept?.text === 'string' && typeof kept?.etag === 'string' ? kept : null;
  } catch {
    return null;
  }
}

/** @param {HTMLFormElement} form @param {HTMLTextAreaElement} field */
function takeText(form, field) {
  find('[data-copy-text]', HTMLButtonElement, form)?.addEventListener('click', () => {
    navigator.clipboard.writeText(field.value).then(
      () => say('Copied'),
      () => (field.select(), say('Selected: press Ctrl+C')),
    );
  });
  find('[data-download]', HTMLButtonElement, form)?.addEventListener('click', () => {
    const link = make('a');
    link.href = URL.createObjectURL(new Blob([field.value], { type: 'text/yaml' }));
    link.download = (form.dataset['name'] ?? 'tidings.yaml').split('/').at(-1) ?? 'tidings.yaml';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}

/** @param {string} label @param {() => void} act */
function button(label, act) {
  const made = make('button', 'quiet', label);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}
