/**
 * Prints an HTML page that shows real messages of src/destinations/slack about as Slack does, for the README's picture:
 * `node scripts/render-message.ts > page.html`, then a screenshot of 820 × 630 at device scale factor 1.5.
 */
import { renderDigest } from '../src/destinations/slack/digest.ts';
import { renderActivity, type SlackMessage } from '../src/destinations/slack/render.ts';
import {
  aFailedWorkflow,
  aMergedPullRequest,
  anActivity,
  aReview,
  aStar,
  content,
  digest,
} from '../tests/fixtures/activities.ts';
import { type Shown, slackPage } from './pictures/slack-page.ts';

const ISSUE = anActivity({
  labels: ['bug', 'uploads'],
  excerpt:
    '### What happens\n\nSince **v2.4** every upload over 5 MB stops at 99 % in Safari 18.\n\n- [x] happens in private windows too\n- [ ] `resumeUpload()` seems to be called twice\n',
});
const REVIEW = aReview('lena-k', 'wants changes', {
  facts: ['main ← retry-uploads'],
  excerpt: 'Almost there! The backoff needs a cap, see [our guide](https://github.com/acme/api/wiki/Retries).',
});
const FIRST =
  'ada grace-h linus margaret radia ken barbara-l dennis brendan sophie-w anders-h yukihiro guido katherine-j tim-bl edsger donald-k hedy-l alan-t joan-c'.split(
    ' ',
  );
const STARS = digest(FIRST.map((login) => aStar(login)));
const MANY = digest([...STARS.notifications.map((one) => one.activity), ...Array(980).fill(aStar('guido'))]);

const MESSAGES: readonly (readonly [time: string, message: SlackMessage])[] = [
  ['9:41 AM', renderActivity(content(ISSUE))],
  ['9:52 AM', renderActivity(content(REVIEW, [{ name: 'hubot', ids: { slack: 'U0HUBOT' } }]))],
  ['10:03 AM', renderActivity(content(aMergedPullRequest({ did: 'merged {it} into main' })))],
  ['10:05 AM', renderActivity(content(aFailedWorkflow()))],
  ['10:30 AM', renderDigest(MANY.notifications)],
];

const messages: readonly Shown[] = MESSAGES.map(([time, { blocks }]) => ({ time, blocks }));
const page = { title: '# team-api', subtitle: '· what happened in acme/api', width: 820, messages };
process.stdout.write(slackPage(page));
