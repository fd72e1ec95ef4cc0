import type { Subject } from '../../../../model/activity.ts';
import { linkOrNull, list, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { enumerated, spaced } from '../../../../text/words.ts';
import { fromTo } from '../changes.ts';
import type { FamilyOutput } from '../family.ts';
import { settingsPage } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  created: ['Ruleset created', 'created {it}', 'good'],
  'created idle': ['Ruleset created', 'created {it}'],
  edited: ['Ruleset changed', 'changed {it}'],
  'edited weaker': ['Ruleset weakened', 'weakened {it}', 'bad'],
  'edited off': ['Ruleset turned off', 'turned off {it}', 'bad'],
  'edited on': ['Ruleset turned on', 'turned on {it}', 'good'],
  deleted: ['Ruleset deleted', 'deleted {it}', 'bad'],
  'deleted idle': ['Ruleset deleted', 'deleted {it}'],
});

const AT = 'repository_ruleset';

/** A repository's, or an organisation's, which has no repository. */
export function repositoryRuleset(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const enforcement = textOrNull(payload, `${AT}.enforcement`);
  const sort = sortOf(payload, action, enforcement);
  return {
    ...told(action, WORDS.get(`${action} ${sort}`) ?? wordsFor(action, WORDS, 'ruleset')),
    subject: subjectOf(payload),
    facts: action === 'edited' ? changes(payload, enforcement) : contents(payload, enforcement),
    occurredAt: action === 'deleted' ? null : timeOrNull(payload, `${AT}.updated_at`),
  };
}

/** Only `active` holds anybody back: `evaluate` is a rehearsal, and what is idle is no loss. */
function sortOf(payload: Payload, action: string, enforcement: string | null): string {
  const isActive = enforcement === null || enforcement === 'active';
  if (action !== 'edited') return isActive ? '' : 'idle';
  const before = textOrNull(payload, 'changes.enforcement.from');
  if (before !== null && (before === 'active') !== isActive) return isActive ? 'on' : 'off';
  const removed = list(payload, 'changes.rules.deleted').length;
  return isActive && removed > list(payload, 'changes.rules.added').length ? 'weaker' : '';
}

function subjectOf(payload: Payload): Subject {
  const name = text(payload, `${AT}.name`);
  const url = linkOrNull(payload, `${AT}._links.html.href`) ?? settingsPage(payload, 'rules');
  return { noun: 'ruleset', handle: name, title: name, url };
}

/** `for branches`, `deletion, pull request and 2 more`; what is not active says so. */
function contents(payload: Payload, enforcement: string | null): readonly (string | null)[] {
  const target = textOrNull(payload, `${AT}.target`);
  return [
    target === null ? null : `for ${spaced(target)}${target === 'branch' ? 'es' : 's'}`,
    enumerated(typesIn(list(payload, `${AT}.rules`))),
    enforcement === null || enforcement === 'active' ? null : spaced(enforcement),
  ];
}

function changes(payload: Payload, enforcement: string | null): readonly (string | null)[] {
  const from = {
    name: textOrNull(payload, 'changes.name.from'),
    enforcement: textOrNull(payload, 'changes.enforcement.from'),
  };
  const rules = (how: string) => list(payload, `changes.rules.${how}`);
  const named = (verb: string, types: string | null) => (types === null ? null : `${verb} ${types}`);
  const updated = rules('updated').map((one) =>
    typeof one === 'object' && one !== null && 'rule' in one ? one.rule : null,
  );
  const conditions = ['added', 'deleted', 'updated'].flatMap((how) => list(payload, `changes.conditions.${how}`));
  return [
    from.name === null ? null : `was ${from.name}`,
    from.enforcement === null ? null : fromTo(from.enforcement, enforcement),
    named('added', enumerated(typesIn(rules('added')))),
    named('removed', enumerated(typesIn(rules('deleted')))),
    named('changed', enumerated(typesIn(updated))),
    conditions.length === 0 ? null : 'where it holds',
  ];
}

function typesIn(rules: readonly unknown[]): readonly string[] {
  return rules
    .map((rule) => textOrNull(rule, 'type'))
    .filter((type) => type !== null)
    .map(spaced);
}
