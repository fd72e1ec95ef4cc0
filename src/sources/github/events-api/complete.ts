import { list, numberOrNull, type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import type { WebhookShape } from './webhook-of.ts';

/** What the Events API left out, and where the REST API has it. */
export interface Missing {
  readonly part: 'pull_request' | 'issue' | 'commits';
  /** From the API's root. */
  readonly path: string;
}

const NO_COMMIT = /^0+$/;
/** GitHub stamps both in whole seconds, one soon after the other. */
const SAME_MOMENT_MS = 10_000;

/**
 * https://docs.github.com/en/rest/using-the-rest-api/github-event-types: pull requests are their number and branches, pushes
 * have no commits.
 */
export function missingOf({ type, payload }: WebhookShape): Missing | null {
  const root = `/repos/${textOrNull(payload, 'repository.full_name')}`;
  if (type === 'push') {
    const [before, after] = [textOrNull(payload, 'before'), textOrNull(payload, 'after')];
    if (before === null || after === null || NO_COMMIT.test(before) || list(payload, 'commits').length > 0) return null;
    return { part: 'commits', path: `${root}/compare/${before}...${after}` };
  }
  for (const [part, folder] of [
    ['pull_request', 'pulls'],
    ['issue', 'issues'],
  ] as const) {
    const number = numberOrNull(payload, `${part}.number`);
    if (number !== null && textOrNull(payload, `${part}.title`) === null)
      return { part, path: `${root}/${folder}/${number}` };
  }
  return null;
}

/** The actions a rule may ask for it by: whether a closed pull request was merged is only known with its details. */
export function actionsOf({ type, payload }: WebhookShape): readonly string[] {
  const action = textOrNull(payload, 'action');
  if (action === null) return [];
  return type === 'pull_request' && action === 'closed' ? ['closed', 'merged'] : [action];
}

/** `detail` null: nobody needs it, or GitHub no longer has it. Then the number stands for the title. */
export function completed(shape: WebhookShape, { part }: Missing, detail: Payload | null): WebhookShape {
  const { type, payload } = shape;
  if (part === 'commits') return detail === null ? shape : { type, payload: { ...payload, ...pushed(detail) } };
  const short = read(payload, part) as Payload;
  const noun = part === 'issue' ? 'Issue' : 'Pull request';
  const full = detail ?? { title: `${noun} ${numberOrNull(short, 'number')}` };
  const merge = type === 'pull_request' ? ending(payload, short, full) : {};
  return { type, payload: { ...payload, [part]: { ...full, ...withoutNull(short), ...merge } } };
}

/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
function pushed(detail: Payload): Payload {
  return {
    compare: textOrNull(detail, 'html_url'),
    forced: ['diverged', 'behind'].includes(textOrNull(detail, 'status') ?? ''),
    commits: list(detail, 'commits').map((commit) => ({
      id: textOrNull(commit, 'sha'),
      message: textOrNull(commit, 'commit.message'),
      url: textOrNull(commit, 'html_url'),
    })),
  };
}

/**
 * The details are of now, the event is of then: one that was closed, opened again and merged since was not merged by this
 * closing. When it happened is what the event says.
 */
function ending(payload: Payload, short: Payload, full: Payload): Payload {
  const at = textOrNull(payload, 'polled.created_at') ?? '';
  if (payload['action'] !== 'closed') return { merged: false, merged_at: null, updated_at: at };
  if (short['merged'] === true) return { merged_at: textOrNull(full, 'merged_at') ?? at, closed_at: at };
  const isSame = (path: string) => Math.abs((timeOrNull(full, path) ?? 0) - Date.parse(at)) <= SAME_MOMENT_MS;
  const merged = isSame('merged_at');
  return {
    merged,
    merged_at: merged ? textOrNull(full, 'merged_at') : null,
    closed_at: isSame('closed_at') ? textOrNull(full, 'closed_at') : at,
  };
}

function withoutNull(short: Payload): Payload {
  return Object.fromEntries(Object.entries(short).filter(([, value]) => value !== null));
}
