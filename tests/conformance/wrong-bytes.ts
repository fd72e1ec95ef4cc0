import { filed } from './schemes.ts';
import type { Scheme } from './source-fixture.ts';

type Filed = ReturnType<typeof filed>;

/** A right request, and the same with the first or the last letter of what proves it replaced by another that may stand there. */
export interface WrongBytes {
  readonly right: Filed;
  readonly first: Filed;
  readonly last: Filed;
}

export function wrongBytes(name: string, scheme: Scheme): WrongBytes {
  const right = filed(name, scheme);
  const strange = filed(name, { ...scheme, secret: otherThan(scheme.secret) });
  const proofs = [...right.headers].flatMap(([header, [was = '']]) => {
    const [other = ''] = strange.headers.get(header) ?? [];
    return was === other ? [] : [{ header, was, other }];
  });
  const differing = ({ was, other }: (typeof proofs)[number]) =>
    Array.from({ length: was.length }, (_, place) => place).filter((place) => was[place] !== other[place]);
  const wrong = (which: 0 | -1): Filed => {
    const changed = proofs.map((proof): [string, readonly string[]] => {
      const place = differing(proof).at(which) ?? 0;
      const { header, was, other } = proof;
      return [header, [was.slice(0, place) + (other[place] ?? '') + was.slice(place + 1)]];
    });
    return { ...right, headers: new Map([...right.headers, ...changed]) };
  };
  return { right, first: wrong(0), last: wrong(-1) };
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
