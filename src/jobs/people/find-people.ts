import type { Destination } from '../../model/destination.ts';
import { heardOf } from '../../model/known/facts.ts';
import {
  addressThread,
  emailsIn,
  isShared,
  knownByLookup,
  type LookedUp,
  lookedUpIn,
  personThread,
} from '../../model/known/person.ts';
import type { Directory } from '../../model/rule.ts';
import { redact } from '../../shared/secrets/redact.ts';
import { lasting } from '../../shared/time-words.ts';
import type { JobContext } from '../context.ts';

/** Whoever is named and has no id is looked up by their address. Rejects only for the database. */
export type FindPeople = (logins: Iterable<string>) => Promise<void>;

export interface ByEmail {
  /** Whom the configuration knows. What it says always counts. */
  readonly written: Directory['people'];
  /** The same, and who was found: what rules are asked with. It is changed before they are. */
  readonly people: Map<string, { readonly ids: Readonly<Record<string, string>> }>;
  /** Of TELLABLE, logins and teams, each behind an `@`: whom rules may mean. */
  readonly words: readonly string[];
}

type Finder = Destination & Required<Pick<Destination, 'findPerson'>>;

interface Deps {
  readonly context: Pick<JobContext, 'inbox' | 'clock' | 'log' | 'shutdown'>;
  readonly byEmail: ByEmail;
  readonly destinations: readonly Destination[];
}

/** Whoever sends may name thousands. */
const MOST_NAMED = 500;
/** Personal ones and old ones stand beside the one that is meant. */
const MOST_ADDRESSES = 3;
/** So long a batch of events waits for all look-ups together; whoever is left is looked up when they are named again. */
const ASK_FOR_MS = 3_000;
/** Somebody may leave, or come, or become a guest. */
const FOUND_FOR_MS = 7 * 24 * 3_600_000;
const NOBODY_FOR_MS = 24 * 3_600_000;
/** After an answer that says nothing of anybody. */
const FAILED_FOR_MS = 5 * 60_000;

/** Null: no destination looks anybody up. */
export function createFindPeople({ context, byEmail, destinations }: Deps): FindPeople | null {
  const able = destinations.filter((each): each is Finder => each.findPerson !== undefined);
  // Where people are told directly, they are known by the ids that hold there.
  const finders = new Map(
    able.toSorted((a, b) => Number(a.isDirect ?? false) - Number(b.isDirect ?? false)).map((each) => [each.type, each]),
  );
  if (finders.size === 0) return null;
  const lookers = Array.from(finders.values(), (finder) => new Looker(finder, byEmail, context));
  return async (logins) => {
    const named = [...new Set([...logins].map((login) => login.toLowerCase()))].filter(isLogin).slice(0, MOST_NAMED);
    for (const looker of lookers) await looker.find(named);
  };
}

function isLogin(name: string): boolean {
  return name !== '' && !name.includes('/') && !name.endsWith('[bot]');
}

/** Those of one type of destinations. */
class Looker {
  readonly #finder: Finder;
  readonly #byEmail: ByEmail;
  readonly #context: Deps['context'];
  readonly #taken: ReadonlyMap<string, string>;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(finder: Finder, byEmail: ByEmail, context: Deps['context']) {
    this.#finder = finder;
    this.#byEmail = byEmail;
    this.#context = context;
    const ids = Array.from(byEmail.written, ([login, person]) => [person.ids[finder.type] ?? '', login] as const);
    this.#taken = new Map(ids.filter(([id]) => id !== ''));
  }

  async find(named: readonly string[]): Promise<void> {
    const { inbox, clock } = this.#context;
    const { type } = this.#finder;
    const logins = named.filter((login) => this.#byEmail.written.get(login)?.ids[type] === undefined);
    if (logins.length === 0) return;
    const persons = await inbox.subjects(logins.map(personThread));
    const emails = persons.map((person) => emailsIn(person).slice(0, MOST_ADDRESSES));
    const shared = await this.#sharedOf(emails.flat());
    const until = clock.monotonic() + ASK_FOR_MS;
    for (const [index, login] of logins.entries()) {
      const own = (emails[index] ?? []).filter((email) => !shared.has(email));
      const last = lookedUpIn(persons[index] ?? null, type);
      // What was found by an address that is no longer theirs alone is nobody.
      const kept = last !== null && (last.looked.id === null || own.includes(last.looked.email)) ? last : null;
      const isShared = own.length === 0 && (emails[index] ?? []).length > 0;
      const looked = isShared ? null : await this.#current(login, own, { kept, until });
      this.#know(login, looked?.id ?? null);
    }
  }

  async #sharedOf(emails: readonly string[]): Promise<ReadonlySet<string>> {
    const all = [...new Set(emails)];
    if (all.length === 0) return new Set();
    const addresses = await this.#context.inbox.subjects(all.map(addressThread));
    return new Set(all.filter((_, index) => isShared(addresses[index] ?? null)));
  }

  /** What is known, or is found out now. Null: nothing. */
  async #current(
    login: string,
    emails: readonly string[],
    { kept, until }: { readonly kept: ReturnType<typeof lookedUpIn>; readonly until: number },
  ): Promise<LookedUp | null> {
    const { clock, inbox, shutdown } = this.#context;
    const now = clock.now();
    const isDue = kept === null || now - kept.at > lastsFor(kept.looked);
    const leftMs = until - clock.monotonic();
    const mayAsk = now >= this.#pausedUntil && leftMs > 0 && !shutdown.stopping.aborted;
    if (emails.length === 0 || !isDue || !mayAsk) return kept?.looked ?? null;
    const looked = await this.#lookUp(emails, leftMs);
    if (shutdown.stopping.aborted) return kept?.looked ?? null;
    // Who was found before stays so long as nothing else is known.
    if (looked.id === null && looked.hasFailed && kept !== null && kept.looked.id !== null) return kept.looked;
    await inbox.learn(heardOf([knownByLookup(login, this.#finder.type, looked, now)], { id: 0, receivedAt: now }));
    return looked;
  }

  async #lookUp(emails: readonly string[], withinMs: number): Promise<LookedUp> {
    const { clock, log, shutdown } = this.#context;
    const over = new AbortController();
    const cancel = clock.after(withinMs, () => over.abort());
    const signal = AbortSignal.any([over.signal, shutdown.stopping]);
    let why = '';
    try {
      for (const email of emails) {
        const answer = await this.#finder.findPerson(email, signal);
        if (answer.kind === 'failed') {
          const pauseMs = Math.max(answer.retryAfterMs ?? 0, FAILED_FOR_MS);
          this.#pausedUntil = clock.now() + pauseMs;
          const reason = redact(answer.why);
          if (!shutdown.stopping.aborted)
            log.warn({ lane: this.#finder.name }, `nobody is looked up by e-mail for ${lasting(pauseMs)}: ${reason}`);
          return { id: null, why: reason, hasFailed: true };
        }
        if (answer.kind === 'nobody') why ||= answer.why;
        else {
          const owner = this.#taken.get(answer.id);
          if (owner === undefined) return { id: answer.id, email };
          why = `that is ${owner} in people`;
        }
      }
      return { id: null, why, hasFailed: false };
    } finally {
      cancel();
    }
  }

  #know(login: string, id: string | null): void {
    const { written, people } = this.#byEmail;
    const ids = { ...people.get(login)?.ids, ...written.get(login)?.ids };
    if (id !== null) people.set(login, { ids: { ...ids, [this.#finder.type]: id } });
    else {
      const { [this.#finder.type]: _, ...others } = ids;
      if (Object.keys(others).length > 0 || written.has(login)) people.set(login, { ids: others });
      else people.delete(login);
    }
  }
}

function lastsFor(looked: LookedUp): number {
  if (looked.id !== null) return FOUND_FOR_MS;
  return looked.hasFailed ? 0 : NOBODY_FOR_MS;
}
