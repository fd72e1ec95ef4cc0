import type { Remark } from '../../read/config-file.ts';
import type { Rows } from '../../rows/rows.ts';
import { BY_EMAIL } from '../../schema/people-schema.ts';
import { didYouMean } from '../did-you-mean.ts';
import { shown } from '../shown.ts';
import type { Named, WrittenFile, WrittenPerson, WrittenTeam } from '../written.ts';

/** It looks people up, and no destination can. `destinations`: as written, or as variables make them. */
export function remarksOnLookUps({ peopleByEmail, destinations }: WrittenFile, { channels }: Rows): readonly Remark[] {
  const canFind = ({ given }: Named) => channels.get(String(given['type']))?.findsPeople(given) === true;
  if (!peopleByEmail || destinations.length === 0 || destinations.some(canFind)) return [];
  const message = 'by_email looks nobody up: none of the destinations can, which takes a bot with a token.';
  return [{ place: ['people', BY_EMAIL], message, part: 'key', kind: 'note' }];
}

/** Of GitHub: letters, digits, hyphens; `_` where an enterprise manages its users; bots end in `[bot]`. */
const LOGIN = /^[a-z\d](?:[a-z\d_-]*[a-z\d])?(?:\[bot\])?$/i;

/** People and teams that cannot be, that stand there twice, or that have what is somebody else's. */
export function remarksOnPeople(
  { people, teams }: Pick<WrittenFile, 'people' | 'teams'>,
  destinations: readonly string[],
): readonly Remark[] {
  return [
    ...keys('people', people, loginProblem),
    ...keys('teams', teams, teamProblem),
    ...ownDestinations(people, destinations),
    ...teams.flatMap(members),
  ];
}

export function isLogin(name: string): boolean {
  return LOGIN.test(name);
}

function loginProblem(name: string): string | undefined {
  if (isLogin(name)) return undefined;
  const bare = name.replace(/^@/, '');
  return LOGIN.test(bare) ? `is no login: write ${bare}, without @.` : 'is no login, such as mona.';
}

function teamProblem(name: string): string | undefined {
  return /^[^/@\s]+\/[^/\s]+$/.test(name) ? undefined : 'is no team: write organisation/team, as in acme/backend.';
}

/** GitHub has no case: `Mona` and `mona` are one. */
function keys(
  section: 'people' | 'teams',
  named: readonly { readonly name: string }[],
  problemOf: (name: string) => string | undefined,
): readonly Remark[] {
  const seen = new Map<string, string>();
  return named.flatMap(({ name }) => {
    const twin = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    const problem = problemOf(name) ?? (twin && `is ${twin} again: keep one.`);
    return problem ? [{ place: [section, name], message: `"${name}" ${problem}`, part: 'key' }] : [];
  });
}

function ownDestinations(people: readonly WrittenPerson[], known: readonly string[]): readonly Remark[] {
  const owners = new Map<string, string>();
  return people.flatMap(({ name: login, destination }) => {
    if (destination === undefined || destination.text.trim() === '') return [];
    const { text: name, place, variable } = destination;
    const owner = owners.get(name);
    owners.set(name, login);
    if (!known.includes(name)) {
      return [{ place, message: `no destination is named ${shown(name, variable)}.${didYouMean(name, known)}` }];
    }
    if (owner === undefined) return [];
    return [{ place, message: `${name} is ${owner}'s: a destination belongs to one person.` }];
  });
}

function members({ members }: WrittenTeam): readonly Remark[] {
  return (members ?? []).flatMap(({ text, place, variable }) => {
    const problem = loginProblem(text);
    return problem === undefined ? [] : [{ place, message: `${shown(text, variable)} ${problem}` }];
  });
}
