import type { Answer, OpenSubjects } from '../../../model/inquiry.ts';
import type { Known } from '../../../model/known/card.ts';
import { factsAt } from '../../../model/known/said.ts';
import { list, numberOrNull, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { knowListed } from '../know/listed.ts';
import { answerWithin, isRepository } from './bounded.ts';
import { type ClientSettings, createCalls, type GithubCalls, GithubError, readPages } from './client.ts';

/** Nobody waits for the answer; whatever is slower has something wrong with it. */
const PATIENCE_MS = 10 * 60_000;
/** Those that were changed last. Of others nobody is reminded for long: they are stale. */
const MOST_PULLS = 500;
/** What happened to one of them. */
const MOST_HAPPENED = 1_000;
const NEWEST_FIRST = { state: 'open', sort: 'updated', direction: 'desc' };
/** On which they are to land. */
const MOST_BRANCHES = 20;

/**
 * The open pull requests of a repository, whose review each waits for since when, and how many approvals their branches need: one request
 * for every hundred, one for each of them, two for each branch. Reading branch protection takes the right to administer the
 * repository; without it rulesets alone count, and where these ask for nothing it is not known.
 */
export function createOpenPulls(settings: ClientSettings): OpenSubjects['ask'] {
  const calls = createCalls(settings);
  return (repo, given): Promise<Answer<readonly Known[]>> => {
    if (!isRepository(repo)) {
      return Promise.resolve({ ok: false, reason: `"${repo}" is no repository`, mayPass: false });
    }
    // Nothing more is asked either, once nobody waits for it.
    const signal = AbortSignal.any([given, AbortSignal.timeout(PATIENCE_MS)]);
    return answerWithin({ clock: settings.clock, patienceMs: PATIENCE_MS, signal }, async () => {
      const pulls = await pages(calls, `GET /repos/${repo}/pulls`, MOST_PULLS, NEWEST_FIRST);
      return [
        ...(await knownOf(pulls, { calls, repo, signal })),
        ...(await branchesOf(pulls, { calls, repo, signal })),
      ];
    });
  };
}

interface Asking {
  readonly calls: GithubCalls;
  readonly repo: string;
  readonly signal: AbortSignal;
}

async function knownOf(pulls: readonly unknown[], { calls, repo, signal }: Asking): Promise<readonly Known[]> {
  const known: Known[] = [];
  for (const pull of pulls) {
    signal.throwIfAborted();
    const number = numberOrNull(pull, 'number');
    const timeline = `GET /repos/${repo}/issues/${number}/timeline`;
    known.push(...knowListed(pull, number === null ? [] : await pages(calls, timeline, MOST_HAPPENED)));
  }
  return known;
}

async function branchesOf(pulls: readonly unknown[], asking: Asking): Promise<readonly Known[]> {
  const places = new Map<string, string>();
  for (const pull of pulls) {
    const [place, base] = [textOrNull(pull, 'base.repo.full_name'), textOrNull(pull, 'base.ref')];
    if (place !== null && base !== null) places.set(base, place);
  }
  const known: Known[] = [];
  for (const [base, place] of [...places].slice(0, MOST_BRANCHES)) {
    asking.signal.throwIfAborted();
    const needed = await neededOn(base, asking);
    const thread = `${place.toLowerCase()} branch ${base}`;
    known.push({ thread, facts: factsAt(null, { noun: 'branch', place, base, needed }) });
  }
  return known;
}

/** Null: it is not known. */
async function neededOn(base: string, { calls, repo }: Asking): Promise<number | null> {
  const branch = encodeURIComponent(base);
  const rules = await orRefusal(calls.request(`GET /repos/${repo}/rules/branches/${branch}`, { per_page: 100 }));
  const byRules = rules instanceof GithubError ? 0 : neededByRules(rules.data);
  const protection = await orRefusal(calls.request(`GET /repos/${repo}/branches/${branch}/protection`));
  const byProtection =
    protection instanceof GithubError ? neededUnread(protection) : neededByProtection(protection.data);
  return byRules > 0 ? Math.max(byRules, byProtection ?? 0) : byProtection;
}

async function pages(calls: GithubCalls, route: string, most: number, more: Payload = {}): Promise<readonly unknown[]> {
  let count = 0;
  const all = await readPages(
    (parameters) => calls.request(route, { ...more, ...parameters }),
    (page) => {
      count += page.length;
      return count < most;
    },
  );
  return all.slice(0, most);
}

/** All rules that hold for a branch, of rulesets of the repository and above. https://docs.github.com/en/rest/repos/rules */
function neededByRules(rules: unknown): number {
  const counts = list({ rules }, 'rules').map((rule) =>
    textOrNull(rule, 'type') === 'pull_request'
      ? (numberOrNull(read(rule, 'parameters'), 'required_approving_review_count') ?? 0)
      : 0,
  );
  return Math.max(0, ...counts);
}

/** What may not be read is no failure; whatever may pass is. */
async function orRefusal<T>(asked: Promise<T>): Promise<T | GithubError> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof GithubError && (error.status === 404 || error.status === 403)) return error;
    throw error;
  }
}

/** https://docs.github.com/en/rest/branches/branch-protection#get-branch-protection */
function neededByProtection(protection: unknown): number {
  return numberOrNull(protection, 'required_pull_request_reviews.required_approving_review_count') ?? 0;
}

/** A branch without protection is one that is not found, too: only the words tell. */
function neededUnread({ status, message }: GithubError): number | null {
  return status === 404 && message === 'Branch not protected' ? 0 : null;
}
