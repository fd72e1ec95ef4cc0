import type { Mention } from '../model/notification.ts';
import type { Directory } from '../model/rule.ts';
import type { FileData } from './schema/file-schema.ts';

type Given = Pick<FileData, 'people' | 'teams'>;

/** A destination that one person alone reads, as far as is known here. */
interface Read {
  readonly name: string;
  readonly type: string;
  /** Their id. Null, or absent: others read it too. */
  readonly reader?: string | null;
  /** Whether it tells each person by direct message. */
  readonly isDirect?: boolean | undefined;
}

/** Logins and teams have no case. A person's destination is the one they name, or their direct messages. */
export function directoryOf(
  { people: { byEmail, persons: written } = { byEmail: false, persons: {} }, teams = {} }: Given,
  destinations: readonly Read[],
): Directory {
  const persons = Object.entries(written).map(([login, { destination, ...ids }]) => ({
    login: login.toLowerCase(),
    destination,
    ids: idsOf(ids),
  }));
  const owners = new Map<string, string>();
  for (const { name, type, reader = null } of destinations) {
    const owner =
      persons.find(({ destination }) => destination === name) ??
      persons.find(({ ids }) => reader !== null && ids[type] === reader);
    if (owner) owners.set(name, owner.login);
  }
  const by = new Set(destinations.filter(({ isDirect }) => isDirect).map(({ name }) => name));
  return {
    people: new Map(persons.map(({ login, ids }) => [login, { ids }])),
    teams: new Map(
      Object.entries(teams).map(([name, { members = [], ...ids }]) => [
        name.toLowerCase(),
        { ids: idsOf(ids), members: new Set(members.map((member) => member.toLowerCase())) },
      ]),
    ),
    owners,
    ...(byEmail && { byEmail }),
    ...(by.size > 0 && { direct: { by, types: new Map(destinations.map(({ name, type }) => [name, type])) } }),
  };
}

function idsOf(given: Readonly<Record<string, unknown>>): Mention['ids'] {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
