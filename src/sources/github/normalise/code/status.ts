import {
  linkOrNull,
  list,
  numberOrNull,
  type Payload,
  read,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { comparison, endWords, outcomeOf, resultOf, sumOf } from '../../../../telling/hosting/outcome.ts';
import { CHECK_HEADLINES } from '../../../../telling/hosting/run.ts';
import { asWords } from '../../../../telling/parts.ts';
import { joined } from '../../../../text/words.ts';
import { repoKey, repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { told } from '../words.ts';
import { authorName, commitLine } from './commit.ts';
import { spelledDuration } from './duration.ts';
import { isMergeQueue } from './merge-queue.ts';
import { queueSilence, type RunPlace, runPlace } from './run-place.ts';

/** What GitHub calls a status whose sender gave it no name. */
const NAMELESS = 'default';
/** A failure in mid-build, as Buildkite tells it. How the build ends is another status, and is the result. */
const STILL_RUNNING = /^Build #\d{1,10} is failing(?: \([^()]{1,60}\))?$/;
const FAILING = { words: 'failing', became: 'is failing', passed: null };
const BRANCHES_NAMED = 3;

/** What an outside service says of a commit: `ci/circleci: build`, a check to everybody who reads it. GitHub gives it no action. */
export function status(payload: Payload): FamilyOutput {
  const state = textOrNull(payload, 'state');
  if (state === null || state === 'pending') return skip(`status: ${state ?? 'none'}, which is no news before it ends`);
  const description = textOrNull(payload, 'description');
  const ended = outcomeOf(state);
  const isFailing = ended.passed === false && STILL_RUNNING.test(description ?? '');
  const outcome = isFailing ? { ...ended, ...FAILING } : ended;
  const place = placeOf(payload);
  const silence = queueSilence(place, outcome);
  if (silence !== null) return silence;
  const context = textOrNull(payload, 'context') ?? NAMELESS;
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
      description && (spelledDuration(description) ?? (isFailing ? null : description)),
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

/** Of several branches all are said, ` on main, changes and gh-pages`; the first is its branch. */
function placeOf(payload: Payload): RunPlace {
  const branches = branchesOf(payload);
  const place = runPlace(branches[0] ?? null, []);
  if (branches.length < 2) return place;
  const names = branches.slice(0, BRANCHES_NAMED).map(asWords);
  const others = branches.length - names.length;
  return { ...place, where: ` on ${joined(others > 0 ? [...names, `${others} more`] : names)}` };
}

/**
 * GitHub names at most ten branches that hold the commit. Those it is the newest of were tested; an old commit is in many, and
 * only the first is meant. The default branch comes before others.
 */
function branchesOf(payload: Payload): readonly string[] {
  const sha = textOrNull(payload, 'sha');
  const main = textOrNull(payload, 'repository.default_branch');
  const branches = list(payload, 'branches')
    .map((branch) => ({
      name: textOrNull(branch, 'name') ?? '',
      isNewest: sha !== null && textOrNull(branch, 'commit.sha') === sha,
    }))
    .filter(({ name }) => name !== '')
    .toSorted((a, b) => Number(b.name === main) - Number(a.name === main));
  const tested = branches.filter(({ name, isNewest }) => isNewest && !isMergeQueue(name));
  return (tested.length > 0 ? tested : branches.slice(0, 1)).map(({ name }) => name);
}
