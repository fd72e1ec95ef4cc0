import type { FactValue, Known, SubjectState } from './card.ts';

// What is kept of people that `people` does not have: their e-mail addresses as events say them, and whom a destination found by one.

/** As its provider says it: that the address is of that login's account. */
export interface Address {
  readonly login: string;
  readonly email: string;
}

/** Families of facts of people and of their addresses, beside `CARD_FACTS`. */
export const PERSON_FACTS = {
  'email:': 'An address of this login: true.',
  'login:': 'A login that has this address: true.',
  'found:':
    'Type of destination → the id there and the address by which it was found; or, behind an empty text, why there is none, and `failed` where it could not be asked.',
} as const;

const FOUND = 'found:' satisfies keyof typeof PERSON_FACTS;

/** What a look-up came to. `hasFailed`: nothing is known, and it is asked again. */
export type LookedUp =
  | { readonly id: string; readonly email: string }
  | { readonly id: null; readonly why: string; readonly hasFailed: boolean };

export function personThread(login: string): string {
  return `person ${login.toLowerCase()}`;
}

export function addressThread(email: string): string {
  return `address ${email.toLowerCase()}`;
}

export function knownOf(addresses: readonly Address[]): readonly Known[] {
  return addresses.flatMap(({ login, email }): readonly Known[] => {
    const fact = (name: string) => [{ name: name.toLowerCase(), value: true, at: null }];
    return [
      { thread: personThread(login), facts: fact(`email:${email}`) },
      { thread: addressThread(email), facts: fact(`login:${login}`) },
    ];
  });
}

export function knownByLookup(login: string, type: string, looked: LookedUp, at: number): Known {
  const value =
    looked.id === null ? ['', looked.why, ...(looked.hasFailed ? ['failed'] : [])] : [looked.id, looked.email];
  return { thread: personThread(login), facts: [{ name: `${FOUND}${type}`, value, at }] };
}

/** The last look-up, and when it was. Null: there was none. */
export function lookedUpIn(
  person: SubjectState | null,
  type: string,
): { readonly looked: LookedUp; readonly at: number } | null {
  const fact = person?.facts[`${FOUND}${type}`];
  const [id = '', said = '', failed] = textsIn(fact?.value);
  if (fact === undefined || said === '') return null;
  const looked = id === '' ? { id: null, why: said, hasFailed: failed !== undefined } : { id, email: said };
  return { looked, at: fact.at };
}

/** All of them, by type of destination. */
export function lookUpsIn(
  person: SubjectState | null,
): readonly { readonly type: string; readonly looked: LookedUp }[] {
  const types = Object.keys(person?.facts ?? {}).filter((name) => name.startsWith(FOUND));
  return types.flatMap((name) => {
    const type = name.slice(FOUND.length);
    const last = lookedUpIn(person, type);
    return last === null ? [] : [{ type, looked: last.looked }];
  });
}

/** Its addresses, the one seen last first. */
export function emailsIn(person: SubjectState | null): readonly string[] {
  return namesIn(person, 'email:');
}

/** Whether it is an address of several logins: then it says nothing of any of them. */
export function isShared(address: SubjectState | null): boolean {
  return namesIn(address, 'login:').length > 1;
}

function namesIn(subject: SubjectState | null, family: keyof typeof PERSON_FACTS): readonly string[] {
  return Object.entries(subject?.facts ?? {})
    .filter(([name, { value }]) => name.startsWith(family) && value === true)
    .toSorted(([, a], [, b]) => b.at - a.at || b.eventId - a.eventId)
    .map(([name]) => name.slice(family.length));
}

function textsIn(value: FactValue | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
