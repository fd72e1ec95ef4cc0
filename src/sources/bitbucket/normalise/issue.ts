import { isObject, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { generic } from '../../../telling/generic.ts';
import { commentTold } from '../../../telling/hosting/comment.ts';
import { type Change, named, openedBy, type Topic, topicTold } from '../../../telling/hosting/topic.ts';
import { headlineOf, say } from '../../../telling/hosting/words.ts';
import { asWords, firstText, idAt } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { joined } from '../../../text/words.ts';
import { commentIn } from './comment.ts';
import { type BitbucketEvent, htmlPage, nameAt, numberIn, repositoryPage, timeAt } from './event.ts';
import { written } from './written.ts';

const KINDS = new Set(['bug', 'enhancement', 'proposal', 'task']);
const PRIORITIES = new Set(['trivial', 'minor', 'major', 'critical', 'blocker']);

/** Issues and pull requests are numbered apart, each from 1: their threads must not meet. */
export function issue(event: BitbucketEvent): Told {
  const topic = topicOf(event);
  const { key, action, payload, repo } = event;
  if (topic === null) return generic({ name: key, action, payload, noun: 'issue' });
  const told = tell(topic, event);
  return {
    ...told,
    thread: repo === null || topic.handle === null ? null : `${repo.toLowerCase()} issue ${topic.handle}`,
  };
}

function tell(topic: Topic, event: BitbucketEvent): Told {
  const { key, action, payload } = event;
  if (action === 'created') return topicTold(topic, { is: 'opened' });
  if (action === 'comment_created') return commentTold(topic, commentIn(event, 'created'));
  if (action === 'updated') return updated(topic, event);
  const { headline, tone = 'neutral' } = generic({ name: key, action, payload, noun: 'issue' });
  return { ...topicTold(topic, { is: 'edited' }), headline, tone, did: null, facts: [], sum: null };
}

/** Null: the payload has no issue. */
function topicOf({ payload, repo, actor, place, site }: BitbucketEvent): Topic | null {
  const found = read(payload, 'issue');
  if (!isObject(found)) return null;
  const number = numberIn(found);
  const assignee = nameAt(found, 'assignee');
  return {
    noun: 'issue',
    handle: number === null ? null : `#${number}`,
    title: textOrNull(found, 'title') ?? '',
    url: htmlPage(found) ?? repositoryPage({ place, repo, site }, number === null ? '/issues' : `/issues/${number}`),
    repo,
    author: nameAt(found, 'reporter'),
    actor: actor?.login ?? null,
    body: written(read(found, 'content')),
    labels: labelsOf(found),
    assignees: assignee === null ? [] : [assignee],
    milestone: textOrNull(found, 'milestone.name'),
    openedAt: timeAt(found, 'created_on'),
    closedAt: timeAt(found, 'updated_on'),
  };
}

/** Bitbucket has no labels. What it has instead sorts issues in the same way. */
function labelsOf(found: Payload): readonly string[] {
  const kind = [textOrNull(found, 'kind'), textOrNull(found, 'type')].find((word) => KINDS.has(word ?? ''));
  const priority = textOrNull(found, 'priority');
  const component = firstText(found, ['component.name', 'component']);
  const labels = [kind ?? null, PRIORITIES.has(priority ?? '') ? priority : null, component];
  return labels.filter((label) => label !== null);
}

/** Every field that changed, with what it held before; and perhaps what somebody says to it. */
function updated(topic: Topic, event: BitbucketEvent): Told {
  const { payload } = event;
  const changes = read(payload, 'changes');
  const keys = isObject(changes) ? Object.keys(changes).filter((key) => isObject(changes[key])) : [];
  const told = changed(topic, changes, keys);
  const said = excerpt(commentIn(event, 'created').body);
  return { ...told, excerpt: said, isSpoken: said !== null, isMinor: !keys.some((key) => NEWS.has(key)) };
}

const NEWS = new Set(['status', 'state', 'assignee', 'responsible']);

/** What matters most is the sentence; the rest are facts. */
function changed(topic: Topic, changes: unknown, keys: readonly string[]): Told {
  const [first, ...rest] = ORDER.filter((key) => keys.includes(key));
  if (first === undefined) return plainly(topic, keys);
  const told = WORDS[first](topic, changes, first);
  const others = rest.filter((key) => !(isPeople(key) && isPeople(first)) && !(isState(key) && isState(first)));
  return { ...told, facts: [...(told.facts ?? []), ...others.map((key) => factOf(changes, key))] };
}

const ORDER = [
  'status',
  'state',
  'assignee',
  'responsible',
  'title',
  'milestone',
  'priority',
  'kind',
  'version',
  'component',
  'content',
] as const;
type Key = (typeof ORDER)[number];

const WORDS: Readonly<Record<Key, (topic: Topic, changes: unknown, key: Key) => Told>> = {
  status: stateChanged,
  state: stateChanged,
  assignee: assigned,
  responsible: assigned,
  title: (topic, changes) => topicTold(topic, { is: 'renamed', was: valueOf(changes, 'title', 'old') }),
  milestone: milestoned,
  priority: fieldChanged,
  kind: fieldChanged,
  version: fieldChanged,
  component: fieldChanged,
  content: (topic) => topicTold(topic, { is: 'edited' }),
};

/** State → why an issue is over. */
const ENDS: ReadonlyMap<string, string | null> = new Map([
  ['resolved', 'completed'],
  ['closed', null],
  ['duplicate', 'duplicate'],
  ['invalid', 'not_planned'],
  ['wontfix', 'not_planned'],
]);

function stateChanged(topic: Topic, changes: unknown, key: Key): Told {
  const [was, now] = [valueOf(changes, key, 'old') ?? '', valueOf(changes, key, 'new') ?? ''];
  if (ENDS.has(now)) {
    const told = topicTold(topic, { is: 'closed', reason: ENDS.get(now) ?? null });
    return { ...told, facts: [now === 'invalid' ? 'invalid' : null, ...(told.facts ?? [])] };
  }
  if (ENDS.has(was)) return topicTold(topic, { is: 'reopened' });
  const words =
    now === 'on hold'
      ? say('Issue put on hold', `put ${named(topic).whose} on hold`)
      : say(
          'Issue state changed',
          now === '' ? 'changed the state of {it}' : `set the state of {it} to ${asWords(now)}`,
        );
  return { ...plainly(topic, []), ...words, facts: now === 'on hold' ? [] : [openedBy(topic)] };
}

function assigned(topic: Topic, changes: unknown, key: Key): Told {
  const [was, now] = (['old', 'new'] as const).map((end) => valueOf(changes, key, end));
  const change: Change = now ? { is: 'assigned', whom: [now] } : { is: 'unassigned', whom: was ? [was] : [] };
  return topicTold(topic, change);
}

function milestoned(topic: Topic, changes: unknown): Told {
  const [was, now] = (['old', 'new'] as const).map((end) => valueOf(changes, 'milestone', end));
  return now
    ? topicTold(topic, { is: 'milestoned', names: [now] })
    : topicTold(topic, { is: 'demilestoned', names: was ? [was] : [] });
}

function fieldChanged(topic: Topic, changes: unknown, key: Key): Told {
  const [was, now] = (['old', 'new'] as const).map((end) => valueOf(changes, key, end));
  const did = now ? `set the ${key} of {it} to ${asWords(now)}` : `removed the ${key} of {it}`;
  return {
    ...plainly(topic, []),
    ...say(headlineOf(topic, `${key} changed`), did),
    facts: [was ? `was: ${asWords(was)}` : null],
  };
}

function plainly(topic: Topic, keys: readonly string[]): Told {
  const what = joined(keys.slice(0, 3).map((key) => asWords(key.replaceAll('_', ' '))));
  return {
    ...topicTold(topic, { is: 'edited' }),
    ...say(headlineOf(topic, 'changed'), what === '' ? 'changed {it}' : `changed ${what} of {it}`),
    sum: { noun: 'issue', part: 'changed', alone: null },
  };
}

/** `priority: major`, `content changed` */
function factOf(changes: unknown, key: Key): string | null {
  const now = key === 'content' ? null : valueOf(changes, key, 'new');
  if (key === 'content') return 'text changed';
  return now === null ? `no ${key}` : `${key}: ${asWords(now)}`;
}

/** A word, or something with a name: a person, a milestone. '' says nothing. */
function valueOf(changes: unknown, key: string, end: 'old' | 'new'): string | null {
  const value = read(changes, `${key}.${end}`);
  if (isObject(value)) return nameAt({ value }, 'value') ?? firstText(value, ['name', 'title', 'raw']);
  return idAt(changes, `${key}.${end}`)?.trim() || null;
}

function isPeople(key: Key): boolean {
  return key === 'assignee' || key === 'responsible';
}

function isState(key: Key): boolean {
  return key === 'status' || key === 'state';
}
