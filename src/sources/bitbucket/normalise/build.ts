import { type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { commitLine } from '../../../telling/hosting/commits.ts';
import { keyed } from '../../../telling/hosting/ref.ts';
import { runTold } from '../../../telling/hosting/run.ts';
import { page } from '../../../telling/page.ts';
import { firstText } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { type BitbucketEvent, htmlPage, repositoryPage, timeAt } from './event.ts';
import { writerOf } from './writer.ts';

/** Bitbucket's states → what others call them. What is not here has not ended. */
const CONCLUSIONS: ReadonlyMap<string, string> = new Map([
  ['SUCCESSFUL', 'success'],
  ['FAILED', 'failure'],
  ['ERROR', 'error'],
  ['STOPPED', 'cancelled'],
]);

/** What Bitbucket Pipelines calls its own; every other service chooses a name. */
const PIPELINE = /^Pipeline #(\d{1,10})(?: for \S.*)?$/;

/** What a build says of a commit: `Unit Tests failed on main: 0d95302 Retry uploads`. */
export function commitStatus(event: BitbucketEvent): Told {
  const { payload, repo } = event;
  const status = read(payload, 'commit_status');
  const state = textOrNull(status, 'state')?.toUpperCase() ?? '';
  const conclusion = CONCLUSIONS.get(state) ?? null;
  const given = firstText(status, ['name', 'key']);
  const number = PIPELINE.exec(given ?? '')?.[1] ?? null;
  const name = number === null ? given : null;
  const branch = textOrNull(status, 'refname');
  const sha = shaOf(status);
  const message = textOrNull(status, 'commit.message');
  const title = commitLine(sha, message);
  const what = number === null ? textOrNull(status, 'key') : 'pipeline';
  const told = runTold({
    noun: number === null ? 'build' : 'pipeline',
    name,
    title: title === '' ? null : title,
    url: page(textOrNull(status, 'url')) ?? commitPage(event, status, sha),
    conclusion,
    doing: conclusion === null ? 'started' : null,
    branch,
    // Without a branch nobody knows which builds to compare.
    key: branch === null ? null : keyed(repo?.toLowerCase() ?? null, what, branch),
    id: runId(status, number, sha, state),
    lasted: number === null ? null : lasted(payload),
    workflow: name === null ? [] : [name],
    cause: writerOf(read(status, 'commit.author')),
    facts: [number === null ? null : `run #${number}`, saidOf(status, number)],
  });
  const isMinor = conclusion === null;
  return { ...told, by: null, isMinor };
}

/** Which run it was: a status that comes again is the same result, and steps that ran again under one number are another. */
function runId(status: unknown, number: string | null, sha: string | null, state: string): string {
  return [number ?? textOrNull(status, 'url') ?? '', sha ?? '', state].join(' ').trim();
}

function shaOf(status: unknown): string | null {
  const hash = textOrNull(status, 'commit.hash');
  const address = textOrNull(status, 'links.commit.href') ?? '';
  return hash ?? /\/commit\/([0-9a-f]{7,64})$/.exec(address)?.[1] ?? null;
}

function commitPage(event: BitbucketEvent, status: unknown, sha: string | null): string | null {
  const known = htmlPage(read(status, 'commit'));
  return known ?? repositoryPage(event, sha === null ? '' : `/commits/${sha}`);
}

/** Other services say one thing of a commit after another, however often they run. */
function lasted(payload: Payload): number | null {
  const [begun, ended] = [timeAt(payload, 'commit_status.created_on'), timeAt(payload, 'commit_status.updated_on')];
  return begun === null || ended === null ? null : ended - begun;
}

/** What the service says in words; Pipelines says nothing. */
function saidOf(status: unknown, number: string | null): string | null {
  return number === null ? textOrNull(status, 'description') : null;
}
