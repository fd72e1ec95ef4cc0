import type { RunResult, Subject } from '../../../../model/activity.ts';
import { linkOrNull, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { DEPLOYMENT_HEADLINES, DOING, ON_THE_WAY } from '../../../../telling/hosting/deployment.ts';
import { endWords, type Outcome, outcomeOf, resultOf } from '../../../../telling/hosting/outcome.ts';
import { asWords } from '../../../../telling/parts.ts';
import { between } from '../../../../text/duration.ts';
import { spaced } from '../../../../text/words.ts';
import { repoKey, repositoryPage } from '../common.ts';
import type { ActivityParts, FamilyOutput } from '../family.ts';
import { besideActor } from '../people.ts';
import { told, type Words, wordsFor } from '../words.ts';
import { branchFact, isSha, refOf, shortSha } from './ref.ts';
import { runPlace, workflowNames } from './run-place.ts';

const ENDS: ReadonlySet<string> = new Set(['success', 'failure', 'error']);
const DEPLOYMENT_WORDS = { success: { words: 'succeeded' } };

/** What GitHub takes where a deployment names none: https://docs.github.com/en/rest/deployments/deployments */
const ENVIRONMENT = 'production';

export function deployment(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const page = linkOrNull(payload, 'workflow_run.html_url') ?? repositoryPage(payload, '/deployments');
  return {
    ...told(action, wordsFor(action, ON_THE_WAY, 'deployment')),
    ...deploymentParts(payload, page),
    did: action === 'created' ? didTo('started deploying', payload) : null,
    facts: [task(payload), textOrNull(payload, 'deployment.description')],
    sum: { noun: 'deployment', part: 'started', alone: null },
    occurredAt: timeOrNull(payload, 'deployment.created_at'),
  };
}

/** One deployment sends several of these: only its end is news, whatever the rules' `on:` says of `created`. */
export function deploymentStatus(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const state = textOrNull(payload, 'deployment_status.state') ?? 'updated';
  const outcome = ENDS.has(state) ? outcomeOf(state, DEPLOYMENT_WORDS) : null;
  const at = timeOrNull(payload, 'deployment_status.created_at');
  const words: Words =
    outcome === null
      ? (ON_THE_WAY.get(state) ?? { headline: `Deployment ${spaced(state)}`, did: null, tone: 'neutral' })
      : endWords('Deployment', outcome);
  const isLive = outcome?.passed === true;
  return {
    ...told(action, words),
    ...deploymentParts(payload, pageOf(payload, state)),
    did: isLive ? didTo('deployed', payload) : null,
    became: isLive
      ? null
      : `${deployOf(payload)} ${outcome?.became ?? DOING.get(state) ?? `is ${asWords(spaced(state))}`}`,
    isMinor: outcome === null,
    facts: [
      task(payload),
      isLive ? besideActor(payload, 'started by', 'deployment.creator.login') : startedBy(payload),
      outcome && between(timeOrNull(payload, 'deployment.created_at'), at),
      textOrNull(payload, 'deployment_status.description'),
    ],
    sum: outcome && {
      noun: 'deployment',
      part: `to ${asWords(environmentOf(payload))}${isLive ? '' : ' failed'}`,
      alone: null,
    },
    conclusion: outcome === null && state !== 'inactive' ? null : state,
    result: outcome && comparedTo(payload, outcome),
    occurredAt: at,
  };
}

/** Where the sentence names nobody: somebody may be asked. */
function startedBy(payload: Payload): string | null {
  const who = textOrNull(payload, 'deployment.creator.login');
  return who && `started by ${who}`;
}

/** With the deployment before it to the same environment. */
function comparedTo(payload: Payload, outcome: Outcome): RunResult | null {
  return resultOf(
    outcome,
    ['deployment', repoKey(payload), environmentOf(payload), task(payload) ?? 'deploy'],
    String(numberOrNull(payload, 'deployment.id')),
    { headlines: DEPLOYMENT_HEADLINES, becomes: { still_broken: `${deployOf(payload)} failed again` } },
  );
}

/** Who sees that it succeeded wants the site, who sees that it failed the log. */
function pageOf(payload: Payload, state: string): string {
  const site = linkOrNull(payload, 'deployment_status.environment_url');
  const log = linkOrNull(payload, 'deployment_status.log_url') ?? linkOrNull(payload, 'deployment_status.target_url');
  const run = linkOrNull(payload, 'workflow_run.html_url') ?? repositoryPage(payload, '/deployments');
  return (state === 'success' ? (site ?? log) : (log ?? site)) ?? run;
}

/** What every event about a deployment says of it. The ref may be a branch, a tag or a commit. */
export function deploymentParts(
  payload: Payload,
  url: string,
): Pick<ActivityParts, 'subject' | 'branch' | 'environment' | 'pullRequest' | 'workflow'> {
  const ref = textOrNull(payload, 'deployment.ref');
  const place = runPlace(ref === null || isSha(ref) ? null : branchOf(ref), []);
  return {
    subject: environment(environmentOf(payload), url),
    branch: place.branch,
    environment: saidEnvironment(payload),
    pullRequest: place.pullRequest,
    workflow: workflowNames(payload),
  };
}

/** What is deployed to is called by its name alone. */
export function environment(name: string, url: string): Subject {
  return { noun: '', handle: name, title: name, url };
}

function branchOf(ref: string): string | null {
  const { noun, name } = refOf(ref);
  return noun === 'branch' ? name : null;
}

/** Behind the environment: `deploy of main (3dce5c8)`. */
export function deployOf(payload: Payload): string {
  const deployed = deployedRef(payload);
  return deployed === '' ? 'deploy' : `deploy of ${deployed}`;
}

function didTo(verb: string, payload: Payload): string {
  return [verb, deployedRef(payload), 'to {it}'].filter(Boolean).join(' ');
}

/** `main (3dce5c8)`, `3dce5c8`; '' where nobody says what is deployed. */
function deployedRef(payload: Payload): string {
  const ref = textOrNull(payload, 'deployment.ref');
  const sha = asWords(shortSha(textOrNull(payload, 'deployment.sha') ?? (isSha(ref ?? '') ? ref : null)) ?? '');
  const name = ref === null || isSha(ref) ? null : branchFact(refOf(ref).name);
  if (name === null) return sha;
  return sha === '' ? asWords(name) : `${asWords(name)} (${sha})`;
}

function environmentOf(payload: Payload): string {
  return saidEnvironment(payload) ?? ENVIRONMENT;
}

function saidEnvironment(payload: Payload): string | null {
  return (
    textOrNull(payload, 'deployment_status.environment') ??
    textOrNull(payload, 'environment') ??
    textOrNull(payload, 'deployment.environment')
  );
}

/** Null: the usual one. */
export function task(payload: Payload): string | null {
  const name = textOrNull(payload, 'deployment.task');
  return name === null || name === 'deploy' ? null : spaced(name);
}
