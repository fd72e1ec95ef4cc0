import {
  isObject,
  isTrue,
  list,
  numberOrNull,
  type Payload,
  read,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { counted, enumerated, spaced } from '../../../../text/words.ts';
import { changedKeys, changeFact } from '../changes.ts';
import { repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { countedBy, told, wordsFor, wordTable } from '../words.ts';

const RULE = wordTable({
  created: ['Branch protected', 'protected {it}', 'good'],
  edited: ['Branch protection changed', 'changed the protection of {it}'],
  'edited weaker': ['Branch protection weakened', 'weakened the protection of {it}', 'bad'],
  deleted: ['Branch protection removed', 'removed the protection of {it}', 'bad'],
});

const PARTS: ReadonlyMap<string, string> = new Map([
  ['created', 'added'],
  ['deleted', 'removed'],
  ['edited', 'changed'],
  ['edited weaker', 'weakened'],
]);

const CONFIGURATION = wordTable({
  enabled: ['Branch protections turned on', 'turned on all branch protections of {repo}', 'good'],
  disabled: ['Branch protections turned off', 'turned off all branch protections of {repo}', 'bad'],
});

/** Of these more is less: force pushes allowed, approvals ignored. */
const LOOSENING = /^(?:allow|ignore|lock_allows)_/;

/** A rule's name is the pattern of branches it holds for: `main`, `release/*`. */
export function branchProtectionRule(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const branch = textOrNull(payload, 'rule.name');
  const edited = action === 'edited' ? changedKeys(payload) : [];
  const isWeaker = edited.some((key) =>
    weakens(key, read(payload, `changes.${key}.from`), read(payload, `rule.${key}`)),
  );
  const change = isWeaker ? 'edited weaker' : action;
  return {
    ...told(action, wordsFor(change, RULE, 'branch protection')),
    subject: {
      noun: 'branch',
      handle: branch,
      title: branch ?? '',
      url: repositoryPage(payload, '/settings/branches'),
    },
    facts: action === 'created' ? demands(payload) : edited.map((key) => settingFact(payload, key)),
    sum: countedBy('branch protection', change, PARTS),
    branch,
    occurredAt: action === 'deleted' ? null : timeOrNull(payload, 'rule.updated_at'),
  };
}

/** All of a repository's rules at once. */
export function branchProtectionConfiguration(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  return {
    ...told(action, wordsFor(action, CONFIGURATION, 'branch protections')),
    subject: {
      noun: 'branch protections',
      handle: null,
      title: textOrNull(payload, 'repository.full_name') ?? '',
      url: repositoryPage(payload, '/settings/branches'),
    },
  };
}

/** `required_status_checks_enforcement_level` → `required status checks: off → non admins` */
function settingFact(payload: Payload, key: string): string | null {
  return changeFact(payload, key, read(payload, 'rule'), spaced(key.replace(/_enforcement_level$/, '')));
}

/** What most people ask of a branch; the settings page shows the rest. */
function demands(payload: Payload): readonly (string | null)[] {
  const asks = (setting: string) => !['off', null].includes(textOrNull(payload, `rule.${setting}_enforcement_level`));
  const approvals = numberOrNull(payload, 'rule.required_approving_review_count') ?? 0;
  const checks = list(payload, 'rule.required_status_checks').filter((check) => typeof check === 'string');
  return [
    asks('pull_request_reviews') ? (approvals > 0 ? counted(approvals, 'approval') : 'pull requests only') : null,
    asks('required_status_checks') && checks.length > 0 ? `checks: ${enumerated(checks)}` : null,
    isTrue(payload, 'rule.admin_enforced') ? 'for admins too' : null,
    asks('allow_force_pushes') ? 'force pushes allowed' : null,
  ];
}

/** Names of people may change either way; a check that is no longer required is one less. */
function weakens(key: string, before: unknown, now: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(now)) {
    return key === 'required_status_checks' && before.some((check) => !now.includes(check));
  }
  if (now === undefined || Array.isArray(now) || isObject(now)) return false;
  const [was, is] = [strength(before), strength(now)];
  return LOOSENING.test(key) ? is > was : is < was;
}

/** `off`, `non_admins`, `everyone`; on and off; how many approvals. */
function strength(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value === 'everyone' || value === true) return 2;
  return value === 'non_admins' ? 1 : 0;
}
