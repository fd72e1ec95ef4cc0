import { uptime } from 'node:process';
import type { Config } from '../../config/config.ts';
import type { Asker, Desk } from '../../model/desk.ts';
import type { Audited } from '../../model/inbox/audits.ts';
import { whomOf } from '../../model/inbox/mutes.ts';
import type { Inbox } from '../../model/inbox.ts';
import { textOfFact } from '../../model/known/read-fact.ts';
import type { Source } from '../../model/source.ts';
import type { Clock } from '../../shared/clock.ts';
import { iso, plural } from '../../shared/time-words.ts';
import { sourcesByName } from '../sources.ts';
import type { Surroundings } from '../surroundings.ts';

export interface DeskDeps {
  readonly inbox: Inbox;
  readonly config: Pick<Config, 'sources' | 'directory'>;
  readonly surroundings: Pick<Surroundings, 'version' | 'invocation'>;
  readonly clock: Clock;
}

const MOST_MUTES = 50;
const LONGEST_NAME = 200;
/** A hundred years: what is later is for good, and no date that can be written. */
const LONGEST_MUTE_MS = 36_525 * 24 * 3_600_000;

/** What is asked is loaded when it is asked: most have nobody who asks. */
export function createDesk(deps: DeskDeps): Desk {
  const { people } = deps.config.directory;
  return {
    ...explainingDesk(deps),
    ...wishingDesk(deps),
    loginOf(idKey, id) {
      const found = [...people].filter(([, { ids }]) => ids[idKey] === id).map(([login]) => login);
      return found.length === 1 ? (found[0] ?? null) : null;
    },
  };
}

type Explained = 'hasCard' | 'why' | 'whyOf' | 'whyOfThread' | 'threadOf' | 'status' | 'waiting';

function explainingDesk({ inbox, config, surroundings, clock }: DeskDeps): Pick<Desk, Explained> {
  const { version, invocation } = surroundings;
  let sources: Promise<ReadonlyMap<string, Source>> | undefined;

  async function explaining() {
    sources ??= sourcesByName(config);
    // What could not be had is asked for again.
    sources.catch(() => (sources = undefined));
    return { archive: inbox, sources: await sources, invocation, clock };
  }

  async function whyOf(link: string | null, about: string, by: Asker) {
    const { whyOfPage } = await import('./why.ts');
    const found = link === null ? [] : await whyOfPage(link, await explaining());
    await inbox.noteAudited(asked(about, plural(found.length, 'event'), { by, at: clock.now() }));
    return found;
  }

  return {
    async why(notification, by) {
      const { whyOfEvent } = await import('./why.ts');
      const isId = Number.isSafeInteger(notification) && notification > 0;
      const id = isId ? await inbox.eventOf(notification) : null;
      const why = id === null ? null : await whyOfEvent(id, await explaining(), notification);
      const about = id === null ? `notification ${notification}` : `event ${id}`;
      await inbox.noteAudited(asked(about, why === null ? 'nothing is known' : 'told', { by, at: clock.now() }));
      return why;
    },
    whyOf: (link, by) => whyOf(link, link, by),
    async whyOfThread(thread, by) {
      const [subject] = await inbox.subjects([thread]);
      return whyOf(textOfFact(subject?.facts ?? {}, 'url'), thread, by);
    },
    async hasCard(thread, destination) {
      const [card = null] = await inbox.cards(destination, [thread]);
      return card !== null;
    },
    async threadOf(link) {
      const { threadOfPage } = await import('./why.ts');
      return threadOfPage(link, await explaining());
    },
    async status(answering) {
      const { statusLines } = await import('./status.ts');
      const now = clock.now();
      return statusLines({ archive: inbox, answering, version, invocation, upSince: now - uptime() * 1_000, now });
    },
    async waiting(login) {
      const { waitingOn } = await import('./waits.ts');
      return waitingOn(login, inbox, config.directory);
    },
  };
}

function wishingDesk({ inbox, clock }: DeskDeps): Omit<Desk, Explained | 'loginOf'> {
  return {
    async mute(wish, by) {
      const at = clock.now();
      const whom = whomOf(wish.whom);
      const until = wish.until !== null && wish.until < at + LONGEST_MUTE_MS ? wish.until : null;
      const outcome = until === null ? 'for good' : `until ${iso(until)}`;
      const mute = { thread: wish.thread, whom, until, by: by.who.slice(0, LONGEST_NAME).toWellFormed(), at };
      await inbox.mute(mute, { ...doneBy(by), at, what: 'mute', about: `${wish.thread} for ${whom}`, outcome });
    },
    async unmute(wish, by) {
      const whom = whomOf(wish.whom);
      const about = `${wish.thread} for ${whom}`;
      const audited = { ...doneBy(by), at: clock.now(), what: 'unmute', about, outcome: 'done' };
      return inbox.unmute(wish.thread, whom, audited);
    },
    async muted(whom) {
      const now = clock.now();
      const names = [...new Set(whom.map(whomOf))];
      const all = await Promise.all(names.map((each) => inbox.mutesOf(each, now, MOST_MUTES)));
      return all
        .flat()
        .toSorted((a, b) => b.at - a.at)
        .slice(0, MOST_MUTES);
    },
    refused: (what, why, by) =>
      inbox.noteAudited({ ...doneBy(by), at: clock.now(), what: 'refused', about: what, outcome: why }),
  };
}

function asked(about: string, outcome: string, { by, at }: { readonly by: Asker; readonly at: number }): Audited {
  return { ...doneBy(by), at, what: 'asked why', about, outcome };
}

function doneBy({ who, from }: Asker): Pick<Audited, 'who' | 'from'> {
  return { who, from };
}
