import type { Mention } from '../model/notification.ts';
import type { Directory } from '../model/rule.ts';
import type { FileData } from './schema/file-schema.ts';

type Given = Pick<FileData, 'people' | 'teams'>;

/** A destination that posts to one channel, as far as is known here. */
interface Addressed {
  readonly name: string;
  readonly channel?: string;
}

/** Logins and teams have no case at GitHub. A person's destination is the one they name, or their direct messages. */
export function directoryOf({ people = {}, teams = {} }: Given, destinations: readonly Addressed[]): Directory {
  const persons = Object.entries(people).map(([login, person]) => ({ login: login.toLowerCase(), ...person }));
  const owners = new Map<string, string>();
  for (const { name, channel } of destinations) {
    const owner =
      persons.find(({ destination }) => destination === name) ??
      persons.find(({ slack }) => slack !== undefined && slack === channel);
    if (owner) owners.set(name, owner.login);
  }
  return {
    people: new Map(persons.map(({ login, slack }) => [login, { ids: idsOf(slack) }])),
    teams: new Map(
      Object.entries(teams).map(([name, { slack, members = [] }]) => [
        name.toLowerCase(),
        { ids: idsOf(slack), members: new Set(members.map((member) => member.toLowerCase())) },
      ]),
    ),
    owners,
  };
}

function idsOf(slack: string | undefined): Mention['ids'] {
  return slack === undefined ? {} : { slack };
}
