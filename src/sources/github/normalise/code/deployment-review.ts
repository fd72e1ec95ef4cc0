import { list, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { enumerated } from '../../../../text/words.ts';
import { excerpt, repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { nameOf, teamName } from '../people.ts';
import { countedBy, told, wordsFor, wordTable } from '../words.ts';
import { deploymentParts, deployOf, environment, task } from './deployment.ts';
import { pullRequestFact, workflowNames } from './run-place.ts';
import { placeOfRun, runFact, runSubject } from './workflow-run.ts';

const WORDS = wordTable({
  requested: ['Deployment waits for approval', null, 'waiting'],
  approved: ['Deployment approved', null, 'good'],
  rejected: ['Deployment rejected', null, 'bad'],
});

/** A person decides whether a workflow may deploy. The environments are the title, the run that waits is a fact. */
export function deploymentReview(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const run = runSubject(payload);
  const place = placeOfRun(payload);
  const asked = action === 'requested' ? reviewers(payload) : [];
  const places = environments(payload);
  const what = asWords(place.branch ?? run.handle ?? '');
  const comment = excerpt(textOrNull(payload, 'comment'));
  return {
    ...told(action, wordsFor(action, WORDS, 'deployment review')),
    did: didOf(payload, action, places === null ? what : `${what} to {it}`),
    subject: places === null ? { ...run, handle: null } : environment(places, run.url),
    facts: [
      [run.handle, run.title].filter((part, index, all) => all.indexOf(part) === index).join(': '),
      pullRequestFact(place),
      runFact(payload),
    ],
    sum: countedBy('deployment review', action),
    branch: place.branch,
    environment: onlyEnvironment(payload),
    pullRequest: place.pullRequest,
    asked,
    workflow: workflowNames(payload),
    excerpt: comment,
    isSpoken: comment !== null,
    occurredAt: action === 'requested' ? timeOrNull(payload, 'since') : null,
  };
}

/** `asked mona to approve deploying main to production` */
function didOf(payload: Payload, action: string, deploying: string): string | null {
  if (action === 'approved' || action === 'rejected') return `${action} deploying ${deploying}`;
  if (action !== 'requested') return null;
  const asked = list(payload, 'reviewers').map((each) => nameOf(read(each, 'reviewer')));
  const whom = enumerated(asked.filter((name) => name !== null));
  return whom === null ? `asked to deploy ${deploying}` : `asked ${whom} to approve deploying ${deploying}`;
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
    became: action === 'requested' ? `${deployOf(payload)} waits for a check` : null,
    facts: [task(payload)],
    occurredAt: timeOrNull(payload, 'deployment.created_at'),
  };
}

/** Several jobs of one run may wait, each for an environment of its own. */
function environments(payload: Payload): string | null {
  return textOrNull(payload, 'environment') ?? enumerated(waitingFor(payload));
}

/** What a rule can ask for is one. */
function onlyEnvironment(payload: Payload): string | null {
  const [name, ...more] = waitingFor(payload);
  return textOrNull(payload, 'environment') ?? (more.length === 0 ? (name ?? null) : null);
}

function waitingFor(payload: Payload): readonly string[] {
  const names = [read(payload, 'workflow_job_run'), ...list(payload, 'workflow_job_runs')]
    .map((job) => textOrNull(job, 'environment'))
    .filter((name) => name !== null);
  return [...new Set(names)];
}

/** Logins, and teams as `organisation/team`. */
function reviewers(payload: Payload): readonly string[] {
  return list(payload, 'reviewers')
    .map((each) => textOrNull(each, 'reviewer.login') ?? teamName(payload, textOrNull(each, 'reviewer.slug')))
    .filter((name) => name !== null);
}
