import type { Activity, Mention } from '../model/activity.ts';
import type { Directory } from '../model/rule.ts';

/** `@mona` and `@acme/backend` as people write them; not in an address, a path or code. */
const WRITTEN = /(?<![\w`/@.-])@([a-z\d][a-z\d-]{0,38}(?:\/[a-z\d][\w.-]{0,99})?)(?![\w`@/-])/gi;
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

/**
 * Whom a rule wants called, each once: nobody whom the directory does not know, and never who did it. A team without a user
 * group at Slack is its members.
 */
export function mentionsOf(wanted: readonly string[], activity: Activity, directory: Directory): readonly Mention[] {
  if (wanted.length === 0) return [];
  const actor = activity.actor?.login.toLowerCase();
  const called = new Map<string, Mention>();
  for (const name of wanted.flatMap((each) => namesOf(each, activity))) {
    for (const mention of found(name, directory)) {
      if (mention.name.toLowerCase() !== actor) called.set(mention.slack ?? mention.name, mention);
    }
  }
  return [...called.values()];
}

function namesOf(wanted: string, activity: Activity): readonly string[] {
  switch (wanted) {
    case 'asked':
      return activity.asked;
    case 'assignees':
      return activity.assignees;
    case 'author':
      return activity.author === null ? [] : [activity.author];
    case 'reviewers':
      return activity.reviewers;
    case 'mentioned':
      return Array.from((activity.excerpt ?? '').replace(CODE, '').matchAll(WRITTEN), ([, name = '']) => name);
    default:
      return [wanted.startsWith('@') ? wanted.slice(1) : wanted];
  }
}

function found(name: string, { people, teams }: Directory): readonly Mention[] {
  const slack = people.get(name.toLowerCase())?.ids['slack'];
  if (slack) return [{ name, slack }];
  const team = teams.get(name.toLowerCase());
  if (team === undefined) return [];
  const group = team.ids['slack'];
  if (group !== undefined) return [{ name, slack: group }];
  return [...team.members].flatMap((member) => {
    const id = people.get(member)?.ids['slack'];
    return id ? [{ name: member, slack: id }] : [];
  });
}
