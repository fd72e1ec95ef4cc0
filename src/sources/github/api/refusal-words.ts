import { type HookOwner, ownerText } from '../../../model/recovery.ts';
import { GithubError, limitedFor } from './client.ts';

/** Why GitHub did not do what was asked, for a person. */
export interface RefusalWords {
  readonly reason: 'not_allowed' | 'refused' | 'unreachable';
  readonly message: string;
}

export interface Asked {
  readonly owner: HookOwner;
  /** What was wanted of the webhooks. */
  readonly access: 'read' | 'change';
  /** What the token is called: GITHUB_TOKEN, or where else it came from. */
  readonly token: string;
}

/** A sentence for any error of a call about the webhooks of an owner. */
export function refusalWords(error: unknown, { owner, access, token }: Asked): RefusalWords {
  const whose = `the webhooks of ${ownerText(owner)}`;
  if (!(error instanceof GithubError) || error.status === null) {
    const why = error instanceof Error ? error.message : String(error);
    return { reason: 'unreachable', message: `GitHub could not be asked for ${whose}: ${why}` };
  }
  const { status } = error;
  if (status === 401) {
    return { reason: 'not_allowed', message: `GitHub refuses ${token} (401): it is wrong, or has run out.` };
  }
  if (isRateLimit(error)) {
    return { reason: 'unreachable', message: `${token} has used up its rate limit for now.` };
  }
  if (status === 403 || status === 404)
    return { reason: 'not_allowed', message: mayNot({ owner, access, token }, status) };
  if (status === 422) return { reason: 'refused', message: invalid(error, owner) };
  return { reason: 'unreachable', message: `GitHub answered ${status} when asked for ${whose}.` };
}

export function isRateLimit(error: GithubError): boolean {
  return limitedFor(error, 0) !== null;
}

/** GitHub answers 404 also for what a token may not see. */
function mayNot({ owner, access, token }: Asked, status: number): string {
  return `${token} may not ${access} the webhooks of ${ownerText(owner)}, or there is no such thing (${status}): ${neededPermission(owner)}.`;
}

function neededPermission(owner: HookOwner): string {
  return {
    repository:
      'a fine-grained token needs "Webhooks: read and write" of that repository, a classic one the scope admin:repo_hook',
    organisation:
      'a fine-grained token needs the organisation\'s "Webhooks: read and write", a classic one the scope admin:org_hook',
    app: "this takes the app's own JSON web token",
  }[owner.kind];
}

function invalid({ errors, message }: GithubError, owner: HookOwner): string {
  const said = errors.length > 0 ? errors.join('; ') : message;
  const whose = ownerText(owner);
  if (/already exists/i.test(said)) {
    return `${whose} has a webhook with this address already. Look at it with --check, mend it with --update.`;
  }
  if (/public Internet/i.test(said)) {
    return `GitHub cannot reach this address from the Internet (422: ${said}). Give a public one with --url or PUBLIC_URL, or open a tunnel: start --tunnel cloudflared.`;
  }
  if (/limit|maximum/i.test(said))
    return `${whose} has as many webhooks as GitHub allows (422: ${said}). Remove one there first.`;
  return `GitHub does not accept this webhook for ${whose} (422: ${said}).`;
}
