import {
  linkOrNull,
  numberOrNull,
  type Payload,
  read,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { comparison, endWords, outcomeOf, resultOf, sumOf } from '../../../../telling/hosting/outcome.ts';
import { counted } from '../../../../text/words.ts';
import { repoKey, repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { segment } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { isOfActions } from './check-run.ts';
import { authorName, commitLine } from './commit.ts';
import { pullRequestFact, queueSilence, suitePlace } from './run-place.ts';

const WORDS = wordTable({
  requested: ['Checks requested', null],
  rerequested: ['Checks rerun requested', 'asked to run {it} again'],
});

const HEADLINES = {
  broke: 'Checks failed',
  still_broken: 'Checks still failing',
  fixed: 'Checks pass again',
};
const CHECKS_WORDS = { action_required: { words: 'wait for action' } };

/** All checks of one app on one commit; each of them is a check_run too. */
export function checkSuite(payload: Payload): FamilyOutput {
  const suite = read(payload, 'check_suite');
  const action = text(payload, 'action');
  if (isOfActions(suite)) return skip(`check_suite.${action}: a run of GitHub Actions, whose workflow_run tells it`);
  const outcome = action === 'completed' ? outcomeOf(textOrNull(suite, 'conclusion'), CHECKS_WORDS) : null;
  const place = suitePlace(suite, payload, 'check_suite');
  const silence = queueSilence(place, outcome);
  if (silence !== null) return silence;
  const words = outcome === null ? wordsFor(action, WORDS, 'checks') : endWords('Checks', outcome);
  const became = outcome?.became ?? (action === 'requested' ? 'was asked for checks' : null);
  const sha = textOrNull(suite, 'head_sha');
  const app = textOrNull(suite, 'app.name');
  const runs = numberOrNull(suite, 'latest_check_runs_count') ?? 0;
  return {
    ...told(action, words),
    became: became && `${became}${place.where}`,
    subject: {
      noun: 'check suite',
      handle: app ?? 'Checks',
      title: commitLine(sha, textOrNull(suite, 'head_commit.message')),
      url: linkOrNull(suite, 'html_url') ?? repositoryPage(payload, sha === null ? '' : `/commit/${segment(sha)}`),
    },
    facts: [
      authorName(read(suite, 'head_commit.author')),
      pullRequestFact(place),
      runs > 1 ? counted(runs, 'check') : null,
    ],
    sum: outcome && sumOf('check suite', outcome),
    branch: place.branch,
    pullRequest: place.pullRequest,
    conclusion: outcome?.conclusion ?? null,
    // A suite that is asked for again keeps its id: the time tells its ends apart.
    result:
      outcome &&
      resultOf(
        outcome,
        ['check_suite', repoKey(payload), numberOrNull(suite, 'app.id') ?? app, place.branch],
        `${numberOrNull(suite, 'id')} ${textOrNull(suite, 'updated_at')}`,
        comparison(HEADLINES, place.where),
      ),
    occurredAt: timeOrNull(suite, 'updated_at'),
  };
}
