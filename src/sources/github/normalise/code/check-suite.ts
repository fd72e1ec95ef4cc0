import {
  linkOrNull,
  numberOrNull,
  type Payload,
  read,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { counted } from '../../../../text/words.ts';
import { firstLine, repoKey, repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { segment } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { isOfActions } from './check-run.ts';
import { endWords, outcomeOf, resultOf } from './outcome.ts';
import { shortSha } from './ref.ts';
import { pullRequestFact, queueSilence, suitePlace } from './run-place.ts';

const WORDS = wordTable({
  requested: ['Checks requested', null],
  rerequested: ['Checks rerun requested', 'asked to run the checks of {it} again'],
});

const HEADLINES = {
  broke: 'Checks failed',
  still_broken: 'Checks still failing',
  fixed: 'Checks pass again',
};
const CHECKS_WORDS = { action_required: 'wait for action' };

/** All checks of one app on one commit; each of them is a check_run too. The commit is the title: what was checked. */
export function checkSuite(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const suite = read(payload, 'check_suite');
  if (isOfActions(suite)) return skip(`check_suite.${action}: a run of GitHub Actions, whose workflow_run tells it`);
  const outcome = action === 'completed' ? outcomeOf(textOrNull(suite, 'conclusion'), CHECKS_WORDS) : null;
  const place = suitePlace(suite, payload, 'check_suite');
  const silence = queueSilence(place, outcome);
  if (silence !== null) return silence;
  const words = outcome === null ? wordsFor(action, WORDS, 'checks') : endWords('Checks', outcome);
  const sha = text(payload, 'check_suite.head_sha');
  const app = textOrNull(suite, 'app.name');
  const runs = numberOrNull(suite, 'latest_check_runs_count') ?? 0;
  const updatedAt = textOrNull(suite, 'updated_at');
  return {
    ...told(action, words),
    subject: {
      noun: 'commit',
      handle: shortSha(sha),
      title: firstLine(textOrNull(suite, 'head_commit.message') ?? '') || (shortSha(sha) ?? sha),
      url: linkOrNull(suite, 'html_url') ?? repositoryPage(payload, `/commit/${segment(sha)}`),
    },
    facts: [app, place.fact, pullRequestFact(place), runs > 1 ? counted(runs, 'check') : null],
    branch: place.branch,
    pullRequest: place.pullRequest,
    conclusion: outcome?.conclusion ?? null,
    // A suite that is asked for again keeps its id: the time tells its ends apart.
    result:
      outcome &&
      resultOf(
        outcome,
        ['check_suite', repoKey(payload), numberOrNull(suite, 'app.id') ?? app, place.branch],
        `${numberOrNull(suite, 'id')} ${updatedAt}`,
        HEADLINES,
      ),
    occurredAt: timeOrNull(suite, 'updated_at'),
  };
}
