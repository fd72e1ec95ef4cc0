// Rows of the inbox, as the server draws them: a copy of its empty row, filled in.
import { base, find, make } from './dom.js';
import { cut, standingOf, titleOf, visible } from './same.js';
import { localTimes } from './times.js';

/**
 * @typedef {{ destination: string, fate: string, reason: string | null }} Told
 * @typedef {{ id: number, source: string, type: string, action: string | null, repo: string | null, actor: string | null, about: string | null, state: string, reason: string | null, fates: Record<string, number>, destinations: Told[], received_at: string }} Summary
 * @typedef {{ word: string, mood: string, sign: string }} Standing
 */

const template = find('template#row', HTMLTemplateElement);
/** @type {Record<string, Standing>} */
const standings = JSON.parse(template?.dataset['standings'] ?? '{}');
const MOST_PLACES = 3;

/** @param {Summary} event @param {string} q @returns {HTMLTableRowElement | null} */
export function rowOf(event, q) {
  const copy = template?.content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLTableRowElement)) return null;
  fill(copy, event, q);
  return copy;
}

/** @param {HTMLTableRowElement} row @param {Summary} event @param {string} q */
export function fill(row, event, q) {
  const { id } = event;
  row.id = `e${id}`;
  row.dataset['id'] = String(id);
  const pick = find('input', HTMLInputElement, row);
  if (pick !== null) {
    pick.value = String(id);
    pick.setAttribute('aria-label', `Select event ${id}`);
  }
  const time = find('time', HTMLTimeElement, row);
  if (time !== null) time.dateTime = event.received_at;
  put(row, '.kind', ...breaking(event.action === null ? event.type : `${event.type}.${event.action}`));
  put(row, '.source', bdi(event.source));
  const link = find('a.open', HTMLAnchorElement, row);
  if (link !== null) {
    link.href = `${base}/events/${id}${q === '' ? '' : `?${new URLSearchParams({ q })}`}`;
    link.replaceChildren(bdi(cut(titleOf(event), 160)));
  }
  const by = [event.repo, event.actor].flatMap((each) => (each ? [' · ', bdi(cut(each, 100))] : []));
  put(row, '.by', ...by.slice(1));
  put(row, 'td.state', mood(standingOf(event)));
  put(row, 'td.told', ...told(event));
  localTimes(row);
}

/** @param {string} kind @returns {(Node | string)[]} */
function breaking(kind) {
  const [type = '', ...rest] = visible(kind).split('.');
  return [type, ...rest.flatMap((each) => ['.', make('wbr'), each])];
}

/** @param {Summary} event @returns {Node[]} */
function told({ destinations, reason }) {
  if (destinations.length === 0) {
    const why = make('span', 'why');
    why.append(bdi(cut(reason ?? '', 140)));
    return [why];
  }
  const more = destinations.length - MOST_PLACES;
  const places = destinations.slice(0, MOST_PLACES).map(place);
  return more > 0 ? [...places, make('span', 'muted', `and ${more} more`)] : places;
}

/** @param {Told} told */
function place({ destination, fate, reason }) {
  const { word, mood: kind, sign } = known(fate);
  const at = make('span', 'at');
  at.title = visible(cut(reason === null ? word : `${word}: ${reason}`, 300));
  const colored = make('span', `mood ${kind}`);
  colored.append(signOf(sign));
  at.append(colored, bdi(cut(destination, 60)), make('span', 'unseen', ` ${word}`));
  return at;
}

/** @param {string} key */
function mood(key) {
  const { word, mood: kind, sign } = known(key);
  const element = make('span', `mood ${kind}`);
  element.append(signOf(sign), word);
  return element;
}

/** @param {string} key @returns {Standing} */
function known(key) {
  return standings[key] ?? { word: key, mood: 'quiet', sign: '–' };
}

/** @param {string} sign */
function signOf(sign) {
  const element = make('span', 'sign', sign);
  element.setAttribute('aria-hidden', 'true');
  return element;
}

/** @param {Element} row @param {string} selector @param {...(Node | string)} content */
function put(row, selector, ...content) {
  row.querySelector(selector)?.replaceChildren(...content);
}

/** @param {string} text */
function bdi(text) {
  return make('bdi', '', visible(text));
}
