import type { Condition, Directory, Ignorable, Rule } from '../model/rule.ts';
import { redact } from '../shared/secrets/redact.ts';
import { asksWhatSettles } from './condition/condition-fields.ts';
import { compileSeen } from './condition/named-fields.ts';
import type { GlobLists } from './glob-list.ts';
import { cut, type Question, question } from './question.ts';

/** What a rule asks whatever the event type. Repository names have no case at GitHub. */
export function ruleQuestions(rule: Rule, directory: Directory, globs: GlobLists): readonly Question[] {
  const questions: Question[] = [];
  if (rule.sources) {
    const matches = globs.compile(rule.sources, { ignoreCase: false });
    questions.push(
      question('sources', rule.sources.join(', '), ({ activity: { source }, steps }) => ({
        actual: source,
        ok: matches(source, steps),
      })),
    );
  }
  if (rule.repos) {
    const matches = globs.compile(rule.repos, { ignoreCase: true });
    questions.push(
      question('repos', rule.repos.join(', '), ({ activity: { place }, steps }) => ({
        actual: place?.name ?? 'no repository',
        ok: place !== null && matches(place.name, steps),
      })),
    );
  }
  for (const what of new Set(rule.ignore)) questions.push(what === 'own' ? ownQuestion(rule, directory) : IGNORE[what]);
  if (rule.condition !== null) questions.push(conditionQuestion(rule.condition));
  return Object.keys(rule.from).length === 0 ? questions : questions.map((each) => sayingFrom(each, rule));
}

/** `ignore.bots` is of the key `ignore`. */
function sayingFrom(asked: Question, rule: Rule): Question {
  return {
    ...asked,
    ask: (view) => {
      const check = asked.ask(view);
      const from = check === null ? undefined : rule.from[check.check.split('.', 1)[0] ?? ''];
      return check === null || from === undefined ? check : { ...check, from };
    },
  };
}

/** `ignore` leaves out what is known to be so: an activity that names nobody was not made by a bot. */
const IGNORE: Record<Exclude<Ignorable, 'own'>, Question> = {
  bots: question('ignore.bots', 'not a bot', ({ activity: { actor } }) => {
    const who = actor?.login ?? 'nobody';
    return { actual: actor?.isBot ? `${who}, a bot` : who, ok: actor?.isBot !== true };
  }),
  drafts: question(
    'ignore.drafts',
    'not a draft',
    ({ activity: { facets } }) => ({ actual: facets.isDraft ? 'a draft' : 'not a draft', ok: !facets.isDraft }),
    'settle',
  ),
  forks: question('ignore.forks', 'not from a fork', ({ activity: { facets } }) => ({
    actual: facets.isFork ? 'from a fork' : 'not from a fork',
    ok: !facets.isFork,
  })),
  test: question('ignore.test', 'not a test', ({ activity: { facets } }) => ({
    actual: facets.isTest ? 'a test' : 'not a test',
    ok: !facets.isTest,
  })),
};

/** Nobody needs to be told what they did themselves; others that the rule tells still are (`withoutOwn`). */
function ownQuestion(rule: Rule, directory: Directory): Question {
  const owners = rule.to.flatMap((destination) => directory.owners.get(destination) ?? []);
  return question('ignore.own', `not by ${owners.join(', ')}`, ({ activity: { actor } }) => {
    const login = actor?.login ?? null;
    return { actual: login ?? 'nobody', ok: withoutOwn(rule, login, directory).length > 0 };
  });
}

/** The rule's destinations, without those that belong to `actor`. */
export function withoutOwn(rule: Rule, actor: string | null, { owners }: Directory): readonly string[] {
  if (!rule.ignore.includes('own') || actor === null) return rule.to;
  return rule.to.filter((destination) => owners.get(destination) !== actor.toLowerCase());
}

/** What it saw is every field that it names: `true` and `false` alone leave all to be guessed. */
function conditionQuestion({ text, fields, ask }: Condition): Question {
  const wanted = cut(redact(text.trim()));
  const seenBy = fields.length === 0 ? null : compileSeen(fields);
  return {
    may: asksWhatSettles(text) ? 'settle' : null,
    ask: ({ value, steps }) => {
      const answer = ask(value, steps);
      const said = answer.ok ? String(answer.value) : cut(answer.missing);
      const seen = seenBy?.(value) ?? said;
      const isSaid = answer.ok || seen.includes(said);
      return { check: 'if', wanted, actual: isSaid ? seen : `${seen}; ${said}`, ok: answer.ok && answer.value };
    },
  };
}
