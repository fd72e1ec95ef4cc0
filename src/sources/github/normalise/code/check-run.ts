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
import { CHECK_HEADLINES } from '../../../../telling/hosting/run.ts';
import { asWords } from '../../../../telling/parts.ts';
import { between } from '../../../../text/duration.ts';
import { counted } from '../../../../text/words.ts';
import { repoKey, repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { told, type Words, wordsFor, wordTable } from '../words.ts';
import { commitLine } from './commit.ts';
import { hasEnded } from './progress.ts';
import { pullRequestFact, queueSilence, suitePlace } from './run-place.ts';

const WORDS = wordTable({
  created: ['Check started', null],
  rerequested: ['Check rerun requested', 'asked to run {it} again'],
  requested_action: ['Check action requested', null],
});

/** One check of an app on a commit: Codecov, CircleCI, Vercel. GitHub Actions' own are jobs, which other events tell. */
export function checkRun(payload: Payload): FamilyOutput {
  const run = read(payload, 'check_run');
  const action = text(payload, 'action');
  if (isOfActions(run)) return skip(`check_run.${action}: a job of GitHub Actions, whose workflow_run tells it`);
  const isOver = action === 'completed' || (action === 'created' && hasEnded(run));
  const outcome = isOver ? outcomeOf(textOrNull(run, 'conclusion')) : null;
  const place = suitePlace(read(run, 'check_suite'), payload, 'check_run');
  const silence = queueSilence(place, outcome);
  if (silence !== null) return silence;
  const words = outcome === null ? pressed(payload, wordsFor(action, WORDS, 'check')) : endWords('Check', outcome);
  const name = textOrNull(run, 'name') ?? textOrNull(run, 'app.name') ?? 'Check';
  const became = outcome?.became ?? (action === 'created' ? 'started' : null);
  const [started, ended] = [timeOrNull(run, 'started_at'), timeOrNull(run, 'completed_at')];
  return {
    ...told(action, words),
    became: became && `${became}${place.where}`,
    subject: {
      noun: 'check',
      handle: name,
      title: commitLine(textOrNull(run, 'head_sha'), null) || name,
      url: linkOrNull(run, 'html_url') ?? linkOrNull(run, 'details_url') ?? repositoryPage(payload),
    },
    facts: [
      appName(run, name),
      outcome && summary(run, name),
      outcome && between(started, ended),
      pullRequestFact(place),
      annotations(run),
    ],
    sum: outcome && sumOf('check', outcome),
    branch: place.branch,
    pullRequest: place.pullRequest,
    conclusion: outcome?.conclusion ?? null,
    result:
      outcome &&
      resultOf(
        outcome,
        ['check_run', repoKey(payload), numberOrNull(run, 'app.id') ?? 0, name, place.branch],
        String(numberOrNull(run, 'id')),
        comparison(CHECK_HEADLINES, place.where),
      ),
    occurredAt: outcome === null ? started : ended,
  };
}

/** Actions sends check_run and check_suite beside workflow_job and workflow_run, for the very same run. */
export function isOfActions(checked: unknown): boolean {
  return textOrNull(checked, 'app.slug') === 'github-actions';
}

/** Many apps have one check, which has the app's name. */
function appName(run: unknown, name: string): string | null {
  const app = textOrNull(run, 'app.name');
  return app === null || name.toLowerCase().includes(app.toLowerCase()) ? null : app;
}

/** The app's own headline: `87.5% of diff hit (target 80%)`. */
function summary(run: unknown, name: string): string | null {
  const title = textOrNull(run, 'output.title');
  return title === name ? null : title;
}

/** Which button was pressed, by an app's own name for it: `fix`. */
function pressed(payload: Payload, words: Words): Words {
  const button = textOrNull(payload, 'requested_action.identifier');
  return button === null ? words : { ...words, did: `asked for ${asWords(button)} on {it}` };
}

function annotations(run: unknown): string | null {
  const count = numberOrNull(run, 'output.annotations_count') ?? 0;
  return count > 0 ? counted(count, 'annotation') : null;
}
