import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Mood } from '../../http/api/answers/common.ts';
import { MOODS } from '../../http/api/answers/common.ts';
import type { Visit } from '../../http/visit.ts';
import type { PageContext } from '../page-env.ts';
import { type Html, NOTHING } from './html.ts';
import { notice } from './notice.ts';
import { said } from './said.ts';

/** What a change came to, for the page that is shown after it. */
export interface Flash {
  readonly mood: Mood;
  readonly says: string;
}

const NAME = 'did';
const LONGEST = 400;
/** Whoever reloads the page later is told nothing that is old. */
const FRESH_MS = 60_000;

/**
 * Goes on to a page that says it. What it says travels in the address, signed with what only this session knows: a link that somebody else
 * makes says nothing here.
 */
export function goOn(c: PageContext, path: string, flash: Flash): Response {
  const { visit } = c.env;
  const [page = '', hash] = path.split('#');
  const told = encoded(visit, flash, c.get('now'));
  const asked = told === null ? '' : `${page.includes('?') ? '&' : '?'}${NAME}=${told}`;
  return c.redirect(`${visit.base}${page}${asked}${hash === undefined ? '' : `#${hash}`}`, 303);
}

/** Nothing, where nothing was done just now, or somebody else says so. */
export function flashed(c: PageContext): Html {
  const flash = read(c.env.visit, new URL(c.req.url).searchParams.get(NAME) ?? '', c.get('now'));
  return flash === null ? NOTHING : notice(flash.mood, said(flash.says));
}

function encoded(visit: Visit, { mood, says }: Flash, now: number): string | null {
  if (visit.csrf === '') return null;
  const text = Buffer.from(JSON.stringify([now, mood, says.slice(0, LONGEST)])).toString('base64url');
  return `${text}.${signed(visit, text).toString('base64url')}`;
}

function read(visit: Visit, given: string, now: number): Flash | null {
  const [text = '', signature = ''] = given.split('.');
  if (text === '' || visit.csrf === '') return null;
  const [sent, own] = [Buffer.from(signature, 'base64url'), signed(visit, text)];
  if (sent.length !== own.length || !timingSafeEqual(sent, own)) return null;
  const [at, mood, says] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [number, Mood, string];
  return Math.abs(now - at) <= FRESH_MS && MOODS.includes(mood) ? { mood, says } : null;
}

function signed({ csrf }: Visit, text: string): Buffer {
  return createHmac('sha256', csrf).update('flash\0').update(text).digest();
}
