import { plain } from '../plain.ts';

/** The names that people type; others stay as they are written. */
const NAMES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  larr: '←',
  rarr: '→',
  bull: '•',
  middot: '·',
  times: '×',
  laquo: '«',
  raquo: '»',
  zwj: '',
  shy: '',
};

export const ENTITY =
  /&(?:amp|lt|gt|quot|apos|nbsp|copy|reg|trade|hellip|mdash|ndash|larr|rarr|bull|middot|times|laquo|raquo|zwj|shy|#\d{1,7}|#x[\da-f]{1,6});/iy;

const EVERY = new RegExp(ENTITY.source, 'gi');

/** Text with its entities as what they stand for: nothing in it is hidden or turns around (`plain`). */
export function decoded(text: string): string {
  return text.includes('&') ? text.replace(EVERY, (entity) => characterOf(entity.slice(1, -1))) : text;
}

function characterOf(entity: string): string {
  if (!entity.startsWith('#')) return NAMES[entity.toLowerCase()] ?? '';
  const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return code === 0 || code > 0x10ffff ? '\ufffd' : plain(String.fromCodePoint(code));
}
