import { linkOrNull, numberOrNull, type Payload, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import { valueText } from '../changes.ts';

/** Another issue, as it is named from the repository that hears of it. */
export interface Other {
  /** `#14`, or `acme/web#14` where it is in another repository. As part of a `did`. */
  readonly handle: string;
  /** `#14 Uploads fail`; only the handle where the payload knows no title. */
  readonly named: string;
}

/** Null when the payload does not hold it: GitHub leaves out issues of repositories that the hook may not see. */
export function otherIssue(payload: Payload, path: string): Other | null {
  const number = numberOrNull(payload, `${path}.number`);
  if (number === null) return null;
  const repo = repoOf(payload, path);
  const handle = `${repo === null || isHere(payload, path) ? '' : asWords(repo)}#${number}`;
  const title = textOrNull(payload, `${path}.title`);
  return { handle, named: title === null ? handle : `${handle} ${valueText(title)}` };
}

/** In the repository that hears of it. */
export function isHere(payload: Payload, path: string): boolean {
  return repoOf(payload, path)?.toLowerCase() === textOrNull(payload, 'repository.full_name')?.toLowerCase();
}

/**
 * Equal for the two events by which GitHub tells of one link, one from each issue's side. A link can be made again: the later of
 * the issues' times says which time. Null when one of the issues is not there.
 */
export function linkMade(payload: Payload, what: string, one: string, another: string): string | null {
  const [id, otherId] = [numberOrNull(payload, `${one}.id`), numberOrNull(payload, `${another}.id`)];
  const times = [one, another].map((path) => timeOrNull(payload, `${path}.updated_at`) ?? 0);
  if (id === null || otherId === null) return null;
  return `${what} ${Math.min(id, otherId)} ${Math.max(id, otherId)} at ${Math.max(...times)}`;
}

/** `acme/web`: some payloads hold the repository beside the issue, all name it in the issue's addresses. */
function repoOf(payload: Payload, path: string): string | null {
  const beside = textOrNull(payload, `${path}_repo.full_name`);
  const page = linkOrNull(payload, `${path}.html_url`) ?? '';
  return beside ?? /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\/(?:issues|pull)\/\d+/.exec(page)?.[1] ?? null;
}
