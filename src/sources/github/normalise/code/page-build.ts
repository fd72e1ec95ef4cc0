import { numberOrNull, type Payload, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { outcomeOf, resultOf, sumOf } from '../../../../telling/hosting/outcome.ts';
import { duration } from '../../../../text/duration.ts';
import { excerpt, repoKey, repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { told } from '../words.ts';
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
  const status = textOrNull(payload, 'build.status') ?? 'none';
  const conclusion = ENDS.get(status);
  if (conclusion === undefined) return skip(`page_build: ${status}, which is no news before it ends`);
  const isBuilt = conclusion === 'success';
  const outcome = outcomeOf(conclusion);
  const took = numberOrNull(payload, 'build.duration') ?? 0;
  return {
    ...told(null, {
      headline: isBuilt ? 'Site published' : 'Site failed to build',
      did: isBuilt ? 'published the {it}' : null,
      tone: outcome.tone,
    }),
    became: isBuilt ? null : 'failed to build',
    subject: {
      noun: 'site',
      handle: null,
      title: 'GitHub Pages',
      url: repositoryPage(payload, '/deployments/github-pages'),
    },
    facts: [
      shortSha(textOrNull(payload, 'build.commit')),
      isBuilt ? null : textOrNull(payload, 'build.pusher.login'),
      took > 0 ? duration(took) : null,
    ],
    sum: sumOf('site build', outcome),
    excerpt: excerpt(textOrNull(payload, 'build.error.message')),
    conclusion,
    result: resultOf(outcome, ['page_build', repoKey(payload)], String(numberOrNull(payload, 'id')), {
      headlines: HEADLINES,
      becomes: { still_broken: 'still fails to build' },
    }),
    occurredAt: timeOrNull(payload, 'build.updated_at'),
  };
}
