import type { ConfigFile } from '../read/config-file.ts';
import { valueAt } from '../read/plain-data.ts';
import { didYouMean, shown } from './did-you-mean.ts';
import { membersAt, namesIn } from './written.ts';

/** Of GitHub: letters, digits, hyphens; `_` where an enterprise manages its users; bots end in `[bot]`. */
const LOGIN = /^[a-z\d](?:[a-z\d_-]*[a-z\d])?(?:\[bot\])?$/i;

/** Reports people and teams that cannot be, that stand there twice, or that have what is somebody else's. */
export function checkPeople(file: ConfigFile, destinations: readonly string[]): void {
  checkKeys(file, 'people', loginProblem);
  checkKeys(file, 'teams', (name) =>
    /^[^/@\s]+\/[^/\s]+$/.test(name) ? undefined : 'is no team: write organisation/team, as in acme/backend.',
  );
  checkDestinations(file, destinations);
  for (const team of namesIn(file, 'teams')) {
    for (const { text, place } of membersAt(file, team) ?? []) {
      const problem = loginProblem(text);
      if (problem !== undefined) file.report(place, `${shown(file, place, text)} ${problem}`);
    }
  }
}

function loginProblem(name: string): string | undefined {
  if (LOGIN.test(name)) return undefined;
  const bare = name.replace(/^@/, '');
  return LOGIN.test(bare) ? `is no login: write ${bare}, without @.` : 'is no login, such as mona.';
}

/** GitHub has no case: `Mona` and `mona` are one. */
function checkKeys(
  file: ConfigFile,
  section: 'people' | 'teams',
  problemOf: (name: string) => string | undefined,
): void {
  const seen = new Map<string, string>();
  for (const name of namesIn(file, section)) {
    const problem = problemOf(name);
    const twin = seen.get(name.toLowerCase());
    if (problem !== undefined) file.report([section, name], `"${name}" ${problem}`, 'key');
    else if (twin !== undefined) file.report([section, name], `"${name}" is ${twin} again: keep one.`, 'key');
    seen.set(name.toLowerCase(), name);
  }
}

function checkDestinations(file: ConfigFile, known: readonly string[]): void {
  const owners = new Map<string, string>();
  for (const login of namesIn(file, 'people')) {
    const place = ['people', login, 'destination'];
    const name = valueAt(file.data, place);
    if (typeof name !== 'string' || name.trim() === '') continue;
    const owner = owners.get(name);
    if (!known.includes(name)) {
      file.report(place, `no destination is named ${shown(file, place, name)}.${didYouMean(name, known)}`);
    } else if (owner !== undefined) {
      file.report(place, `${name} is ${owner}'s: a destination belongs to one person.`);
    }
    owners.set(name, login);
  }
}
