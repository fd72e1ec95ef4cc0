import type { Facts } from '../../src/inbox/search/tokens.ts';
import type { Searched } from '../../src/model/inbox/backlog.ts';
import type { EventFilter } from '../../src/model/inbox/records.ts';

const TYPES = [
  'check_run',
  'push',
  'workflow_run',
  'pull_request',
  'issue_comment',
  'issues',
  'star',
  'release',
  'fork',
] as const;
const ACTIONS = ['completed', 'opened', 'created', 'closed', 'edited', 'labeled'] as const;
const WORDS = Array.from({ length: 30_000 }, (_, n) => ((n * 2_654_435_761) >>> 0).toString(36));

let seed = 1;

/** What is made next is what was made first. */
export function again(): void {
  seed = 1;
}

function random(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 4_294_967_296;
}

/** Few values often, most of them seldom: 0 of 1,000 every tenth time. */
const often = (of: number) => Math.floor(of ** random()) - 1;

/** A decided event of a year, as the stores keep it: a check run is never told, and a bot opens no issues. */
export function madeEvent(): Facts & { readonly searched: Searched } {
  const type = TYPES[often(TYPES.length)] ?? 'push';
  const by = type === 'issues' ? 1 + often(4_999) : often(5_000);
  const isRouted = type !== 'check_run' && random() < 0.3;
  const state = random() < 0.000_1 ? 'failed' : isRouted ? 'routed' : 'skipped';
  const text = `#${often(20_000)} ${Array.from({ length: 6 }, () => WORDS[often(30_000)]).join(' ')}`;
  return {
    source: random() < 0.05 ? 'stripe' : 'github',
    type,
    action: ACTIONS[often(ACTIONS.length)] ?? null,
    repo: `acme/r${often(1_000)}`,
    state,
    replays: 0,
    searched: { actor: `user-${by}`, text },
  };
}

/** Where an event is told that is told: mostly at one place, at another some thousands of a million, at a third some dozens. */
export function destinationOf(id: number): string {
  if (id % 5_000 === 0) return 'desk';
  return id % 40 === 3 ? 'web' : 'team';
}

const word = (n: number) => WORDS[n] ?? '';

/** Common, rare and absent values, alone and in pairs; also of two that are common, and never come together. */
export const QUESTIONS: Readonly<Record<string, Omit<EventFilter, 'limit'>>> = {
  newest: {},
  'repository, common': { repo: 'acme/r0' },
  'repository, rare': { repo: 'acme/r998' },
  'repository, absent': { repo: 'acme/none' },
  'type, common': { kind: 'push' },
  'type and action': { kind: 'release.labeled' },
  'type, absent': { kind: 'gollum' },
  'source, rare': { source: 'stripe' },
  'actor, common': { actor: 'user-0' },
  'actor, rare': { actor: 'user-4998' },
  'state skipped': { state: 'skipped' },
  'state failed, rare': { state: 'failed' },
  'state quarantined, absent': { state: 'quarantined' },
  told: { state: 'told' },
  'waiting, absent': { state: 'waiting' },
  'dead, absent': { state: 'dead' },
  'word, common': { text: word(0) },
  'word, rare': { text: word(29_990) },
  'word, absent': { text: 'nowhere' },
  'three words': { text: `${word(0)} ${word(1)} ${word(25_000)}` },
  'since, none': { since: 20_000_000_000_000 },
  'repository and type': { repo: 'acme/r900', kind: 'push' },
  'repository and state': { repo: 'acme/r900', state: 'routed' },
  'repository, told': { repo: 'acme/r900', state: 'told' },
  'repository and actor': { repo: 'acme/r900', actor: 'user-4000' },
  'repository and actor, both common': { repo: 'acme/r0', actor: 'user-0' },
  'type and state, never together': { kind: 'check_run', state: 'routed' },
  'type, told, never together': { kind: 'check_run', state: 'told' },
  'type and actor, never together': { kind: 'issues', actor: 'user-0' },
  'source and state, rare': { source: 'stripe', state: 'failed' },
  'word and repository': { text: word(20_000), repo: 'acme/r0' },
  'common word and rare repository': { text: word(0), repo: 'acme/r998' },
  'common word and type': { text: word(1), kind: 'push' },
  'word and actor': { text: word(5_000), actor: 'user-0' },
  'repository since the middle': { repo: 'acme/r998', since: 5_000_000 },
  'page behind the middle': { repo: 'acme/r0', before: 500_000 },
  'destination, common': { to: 'team' },
  'destination, some thousands': { to: 'web' },
  'destination, rare': { to: 'desk' },
  'destination, absent': { to: 'nowhere' },
  'destination, told': { to: 'web', state: 'told' },
  'destination, dead, absent': { to: 'team', state: 'dead' },
  'destination and repository, rare': { to: 'team', repo: 'acme/r998' },
  'destination and repository, common': { to: 'web', repo: 'acme/r0' },
  'destination and type, never together': { to: 'team', kind: 'check_run' },
  'destination and state, never together': { to: 'team', state: 'skipped' },
  'rare destination and common type': { to: 'desk', kind: 'push' },
  'destination and word': { to: 'web', text: word(0) },
  'destination and actor': { to: 'team', actor: 'user-4000' },
  'forward from the middle': { after: 500_000 },
  'forward, repository, rare': { after: 500_000, repo: 'acme/r998' },
  'forward, state failed': { after: 0, state: 'failed' },
  'forward, destination': { after: 500_000, to: 'web' },
  'forward, destination and repository': { after: 0, to: 'team', repo: 'acme/r900' },
};
