import { html } from 'hono/html';
import { type Html, theirs } from './html.ts';
import { timeAt } from './time.ts';

const TIME = /(\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z)/;

/** A sentence of /api/v1: its times are shown as all others are, in the reader's zone where there is JavaScript. */
export function said(text: string): Html {
  const pieces = text.split(TIME);
  if (pieces.length === 1) return theirs(text);
  return html`${pieces.map((piece, at) => (at % 2 === 1 && Number.isFinite(Date.parse(piece)) ? timeAt(piece) : piece === '' ? '' : theirs(piece)))}`;
}
