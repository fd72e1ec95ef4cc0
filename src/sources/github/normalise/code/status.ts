import {
  linkOrNull,
  list,
  numberOrNull,
  type Payload,
  read,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { repoKey, repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { told } from '../words.ts';
import { CHECK_HEADLINES } from './check-run.ts';
import { authorName, commitLine } from './commit.ts';
import { spelledDuration } from './duration.ts';
import { isMergeQueue } from './merge-queue.ts';
import { comparison, endWords, outcomeOf, resultOf, sumOf } from './outcome.ts';
import { queueSilence, runPlace } from './run-place.ts';

/** What GitHub calls a status whose sender gave it no name. */
const NAMELESS = 'default';

/** What an outside service says of a commit: `ci/circleci: build`, a check to everybody who reads it. GitHub gives it no action. */
export function status(payload: Payload): FamilyOutput {
  const state = textOrNull(payload, 'state');
  if (state === null || state === 'pending') return skip(`status: ${state ?? 'none'}, which is no news before it ends`);
  const outcome = outcomeOf(state);
  const place = runPlace(branchOf(payload), []);
  const silence = queueSilence(place, outcome);
  if (silence !== null) return silence;
  const context = textOrNull(payload, 'context') ?? NAMELESS;
  const description = textOrNull(payload, 'description');
  const name = context === NAMELESS ? 'Status check' : context;
  const sha = textOrNull(payload, 'sha');
  return {
    ...told(null, endWords('Check', outcome)),
    became: `${outcome.became}${place.where}`,
    subject: {
      noun: 'check',
      handle: name,
      title: commitLine(sha, textOrNull(payload, 'commit.commit.message')) || name,
      url: linkOrNull(payload, 'target_url') ?? linkOrNull(payload, 'commit.html_url') ?? repositoryPage(payload),
    },
    facts: [
      authorName(read(payload, 'commit.author')) ?? authorName(read(payload, 'commit.commit.author')),
      description && (spelledDuration(description) ?? description),
    ],
    sum: sumOf('check', outcome),
    branch: place.branch,
    pullRequest: place.pullRequest,
    author: textOrNull(payload, 'commit.author.login'),
    conclusion: state,
    result: resultOf(
      outcome,
      ['status', repoKey(payload), context, place.branch],
      String(numberOrNull(payload, 'id') ?? sha),
      comparison(CHECK_HEADLINES, place.where),
    ),
    occurredAt: timeOrNull(payload, 'updated_at'),
  };
}

/**
 * GitHub names at most ten branches that hold the commit. The one it is the newest of was tested, the default branch before
 * others; an old commit is in many.
 */
function branchOf(payload: Payload): string | null {
  const sha = textOrNull(payload, 'sha');
  const main = textOrNull(payload, 'repository.default_branch');
  const branches = list(payload, 'branches').map((branch) => ({
    name: textOrNull(branch, 'name'),
    isNewest: sha !== null && textOrNull(branch, 'commit.sha') === sha,
  }));
  const ranked = [
    branches.find(({ name, isNewest }) => isNewest && name === main),
    branches.find(({ name, isNewest }) => isNewest && name !== null && !isMergeQueue(name)),
    branches.find(({ name }) => name === main),
    branches.find(({ name }) => name !== null),
  ];
  return ranked.find((branch) => branch !== undefined)?.name ?? null;
}
