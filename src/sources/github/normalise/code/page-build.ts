import { numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { excerpt, repoKey, repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { told } from '../words.ts';
import { duration } from './duration.ts';
import { outcomeOf, resultOf } from './outcome.ts';
import { shortSha } from './ref.ts';

/** GitHub's states of a build, in the words of all that ends. */
const ENDS: ReadonlyMap<string, string> = new Map([
  ['built', 'success'],
  ['errored', 'failure'],
]);
const HEADLINES = {
  broke: 'Site failed to build',
  still_broken: 'Site still fails to build',
  fixed: 'Site builds again',
};

/** A GitHub Pages site. */
export function pageBuild(payload: Payload): FamilyOutput {
  const status = text(payload, 'build.status');
  const conclusion = ENDS.get(status);
  if (conclusion === undefined) return skip(`page_build: ${status}, which is no news before it ends`);
  const outcome = outcomeOf(conclusion);
  const took = numberOrNull(payload, 'build.duration') ?? 0;
  return {
    ...told(null, {
      headline: conclusion === 'success' ? 'Site published' : 'Site failed to build',
      did: null,
      tone: outcome.tone,
    }),
    subject: {
      noun: 'site',
      handle: null,
      title: 'GitHub Pages',
      url: repositoryPage(payload, '/deployments/github-pages'),
    },
    facts: [shortSha(textOrNull(payload, 'build.commit')), took > 0 ? duration(took) : null],
    excerpt: excerpt(textOrNull(payload, 'build.error.message')),
    conclusion,
    result: resultOf(outcome, ['page_build', repoKey(payload)], String(numberOrNull(payload, 'id')), HEADLINES),
    occurredAt: timeOrNull(payload, 'build.updated_at'),
  };
}
