import { list, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { enumerated } from '../../../../text/words.ts';
import { excerpt, orgOf, repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { deploymentParts, placeFacts } from './deployment.ts';
import { pullRequestFact, workflowNames } from './run-place.ts';
import { placeOfRun, runSubject } from './workflow-run.ts';

const WORDS = wordTable({
  requested: ['Deployment waits for approval', 'asked for approval of {it}', 'waiting'],
  approved: ['Deployment approved', 'approved {it}', 'good'],
  rejected: ['Deployment rejected', 'rejected {it}', 'bad'],
});

/** A person decides whether a workflow may deploy. The environments are the title, the run that waits is a fact. */
export function deploymentReview(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const run = runSubject(payload);
  const place = placeOfRun(payload);
  const asked = action === 'requested' ? reviewers(payload) : [];
  return {
    ...told(action, wordsFor(action, WORDS, 'deployment review')),
    subject: { noun: 'deployment', handle: null, title: environments(payload) ?? run.title, url: run.url },
    facts: [
      asked.length === 0 ? null : `asked ${enumerated(asked)}`,
      place.fact,
      pullRequestFact(place),
      [run.handle, run.title].filter((part) => part !== null).join(' '),
    ],
    branch: place.branch,
    pullRequest: place.pullRequest,
    asked,
    workflow: workflowNames(payload),
    excerpt: excerpt(textOrNull(payload, 'comment')),
    occurredAt: action === 'requested' ? timeOrNull(payload, 'since') : null,
  };
}

/** An app of the environment's protection rules is asked, no person. */
export function deploymentProtectionRule(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  return {
    ...told(action, {
      headline: action === 'requested' ? 'Deployment check requested' : `Deployment check ${action}`,
      did: null,
      tone: 'neutral',
    }),
    ...deploymentParts(payload, repositoryPage(payload, '/deployments')),
    facts: placeFacts(payload),
    occurredAt: timeOrNull(payload, 'deployment.created_at'),
  };
}

/** Several jobs of one run may wait, each for an environment of its own. */
function environments(payload: Payload): string | null {
  const names = [read(payload, 'workflow_job_run'), ...list(payload, 'workflow_job_runs')]
    .map((job) => textOrNull(job, 'environment'))
    .filter((name) => name !== null);
  return textOrNull(payload, 'environment') ?? enumerated([...new Set(names)]);
}

/** Logins, and teams as `organisation/team`. */
function reviewers(payload: Payload): readonly string[] {
  const org = orgOf(payload);
  return list(payload, 'reviewers')
    .map((each) => {
      const slug = textOrNull(each, 'reviewer.slug');
      return textOrNull(each, 'reviewer.login') ?? (slug === null || org === null ? slug : `${org}/${slug}`);
    })
    .filter((name) => name !== null);
}
