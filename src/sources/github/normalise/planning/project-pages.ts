import { type Payload, textOrNull } from '../../../../shared/payload.ts';
import { orgOf, repositoryPage } from '../common.ts';
import { segment, webOf } from '../places.ts';

/** A project's page, or below it; without a number the list of an owner's projects. Payloads give no address for either. */
export function projectPage(payload: Payload, number: number | null, below = ''): string {
  const owner = textOrNull(payload, 'projects_v2.owner.login') ?? orgOf(payload);
  const kind = textOrNull(payload, 'projects_v2.owner.type') === 'User' ? 'users' : 'orgs';
  if (owner === null) return webOf(payload);
  const list = `${webOf(payload)}/${kind}/${segment(owner)}/projects`;
  return number === null ? list : `${list}/${number}${below}`;
}

/** Where a classic project's columns and cards can be looked at: they have no address that people can open. */
export function classicProjectsPage(payload: Payload): string {
  const isInRepository = textOrNull(payload, 'repository.full_name') !== null;
  return isInRepository ? repositoryPage(payload, '/projects') : projectPage(payload, null);
}
