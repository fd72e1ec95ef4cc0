import { uptime } from 'node:process';
import type { Config } from '../../config/config.ts';
import type { Desk } from '../../model/desk.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Source } from '../../model/source.ts';
import type { Clock } from '../../shared/clock.ts';
import { sourcesByName } from '../sources.ts';
import type { Surroundings } from '../surroundings.ts';

interface DeskDeps {
  readonly inbox: Inbox;
  readonly config: Pick<Config, 'sources' | 'directory'>;
  readonly surroundings: Pick<Surroundings, 'version' | 'invocation'>;
  readonly clock: Clock;
}

const MOST_MUTES = 50;
const MOST_SAID = 200;

/** What is asked is loaded when it is asked: most have nobody who asks. */
export function createDesk({ inbox, config, surroundings, clock }: DeskDeps): Desk {
  const { version, invocation } = surroundings;
  let sources: Promise<ReadonlyMap<string, Source>> | undefined;

  async function explaining() {
    sources ??= sourcesByName(config);
    // What could not be had is asked for again.
    sources.catch(() => (sources = undefined));
    return { archive: inbox, sources: await sources, invocation };
  }

  async function whyOfLink(link: string) {
    const { whyOfPage } = await import('./why.ts');
    return whyOfPage(link, await explaining());
  }

  return {
    async why(notification) {
      const isId = Number.isSafeInteger(notification) && notification > 0;
      const id = isId ? await inbox.eventOf(notification) : null;
      if (id === null) return null;
      const { whyOf } = await import('./why.ts');
      return whyOf(id, await explaining(), notification);
    },
    whyOf: (link) => whyOfLink(link),
    async whyOfThread(thread) {
      const [subject] = await inbox.subjects([thread]);
      const url = subject?.facts['url']?.value;
      return typeof url === 'string' ? whyOfLink(url) : [];
    },
    async status() {
      const { statusLines } = await import('./status.ts');
      const now = clock.now();
      return statusLines({ archive: inbox, version, invocation, upSince: now - uptime() * 1_000, now });
    },
    async mute(wish, { who }) {
      await inbox.mute({ ...wish, by: who.slice(0, MOST_SAID), at: clock.now() });
    },
    unmute: ({ thread, whom }) => inbox.unmute(thread, whom),
    async muted(whom) {
      const now = clock.now();
      const all = await Promise.all(whom.map((each) => inbox.mutesOf(each, now, MOST_MUTES)));
      return all
        .flat()
        .toSorted((a, b) => b.at - a.at)
        .slice(0, MOST_MUTES);
    },
    async waiting(login) {
      const { waitingOn } = await import('./waits.ts');
      return waitingOn(login, inbox, config.directory);
    },
    loginOf(idKey, id) {
      const found = [...config.directory.people].filter(([, { ids }]) => ids[idKey] === id).map(([login]) => login);
      return found.length === 1 ? (found[0] ?? null) : null;
    },
    async refused() {},
  };
}
