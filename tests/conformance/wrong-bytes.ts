import type { SourceRequest } from '../../src/model/source.ts';
import { requestOf } from './schemes.ts';
import type { Scheme } from './source-fixture.ts';

/** A right request, and the same with the first or the last letter of what proves it replaced by another that may stand there. */
export interface WrongBytes {
  readonly right: SourceRequest;
  readonly first: SourceRequest;
  readonly last: SourceRequest;
}

export function wrongBytes(name: string, scheme: Scheme): WrongBytes {
  const right = requestOf(name, scheme);
  const strange = requestOf(name, { ...scheme, secret: otherThan(scheme.secret) });
  const wrong = (which: 0 | -1): SourceRequest => {
    const headers = Object.entries(right.headers).map(([header, was]) => {
      const other = strange.headers[header] ?? '';
      const place = differences(was, other).at(which);
      return [header, place === undefined ? was : was.slice(0, place) + (other[place] ?? '') + was.slice(place + 1)];
    });
    return { ...right, headers: Object.fromEntries(headers) as SourceRequest['headers'] };
  };
  return { right, first: wrong(0), last: wrong(-1) };
}

function differences(was: string, other: string): readonly number[] {
  return Array.from({ length: was.length }, (_, place) => place).filter((place) => was[place] !== other[place]);
}

/** Of the same length and form: its first and its last letter, behind what all of them begin with, are the next ones. */
function otherThan(secret: string): string {
  const [, start = '', first = '', middle = '', last = '', end = ''] =
    /^([a-z]+[_:](?:[a-z]+_)?)?([a-z\d])(.*)([a-z\d])([^a-z\d]*)$/is.exec(secret) ?? [];
  return start + next(first) + middle + next(last) + end;
}

/** Hexadecimal digits stay such. */
function next(letter: string): string {
  for (const ring of ['0123456789', 'abcdef', 'ABCDEF', 'ghijklmnopqrstuvwxyz', 'GHIJKLMNOPQRSTUVWXYZ']) {
    const at = ring.indexOf(letter);
    if (at >= 0) return ring[(at + 1) % ring.length] ?? '';
  }
  return letter;
}
