import type { Activity } from '../model/activity.ts';
import { AUDIENCES, type Mention } from '../model/notification.ts';
import type { Directory } from '../model/rule.ts';

/** `@mona` and `@acme/backend` as people write them; not in an address, a path or code. */
const WRITTEN = /(?<![\w`/@.-])@([a-z\d][a-z\d-]{0,38}(?:\/[a-z\d][\w.-]{0,99})?)(?![\w`@/-])/gi;
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

/**
 * Whom a rule wants called, each once: nobody whom the directory does not know, and never who did it. Where a team
 * has no id of its own, its members are called. Everybody is called by the rule's own word alone: a text that says `@here`
 * names somebody of that login.
 */
export function mentionsOf(wanted: readonly string[], activity: Activity, directory: Directory): readonly Mention[] {
  if (wanted.length === 0) return [];
  const actor = activity.actor?.login.toLowerCase();
  const called = new Map<string, Mention>();
  for (const name of wanted.flatMap((each) => namesOf(each, activity))) {
    for (const mention of found(name, directory)) {
      if (mention.name.toLowerCase() !== actor) called.set(JSON.stringify(mention.ids), mention);
    }
  }
  const everybody = AUDIENCES.filter((audience) => wanted.includes(audience));
  return [...everybody.map((audience) => ({ name: audience, ids: {}, audience })), ...called.values()];
}

/** Logins and teams for which a word stands, besides those for everybody. */
export function namesOf(wanted: string, activity: Activity): readonly string[] {
  switch (wanted) {
    case 'asked':
      return activity.facets.asked;
    case 'assignees':
      return activity.facets.assignees;
    case 'author':
      return activity.facets.author === null ? [] : [activity.facets.author];
    case 'reviewers':
      return activity.facets.reviewers;
    case 'mentioned':
      return Array.from((activity.said.excerpt ?? '').replace(CODE, '').matchAll(WRITTEN), ([, name = '']) => name);
    case 'here':
    case 'channel':
      return [];
    default:
      return [wanted.startsWith('@') ? wanted.slice(1) : wanted];
  }
}

function found(name: string, { people, teams }: Directory): readonly Mention[] {
  const person = people.get(name.toLowerCase());
  if (person !== undefined && isKnown(person)) return [{ name, ids: person.ids }];
  const team = teams.get(name.toLowerCase());
  if (team === undefined) return [];
  const members = [...team.members].map((login) => {
    const ids = Object.entries(people.get(login)?.ids ?? {}).filter(([type]) => team.ids[type] === undefined);
    return { name: login, ids: Object.fromEntries(ids) };
  });
  return [{ name, ids: team.ids }, ...members].filter(isKnown);
}

function isKnown({ ids }: Pick<Mention, 'ids'>): boolean {
  return Object.keys(ids).length > 0;
}
