import { linkOrNull, type Payload, textOrNull } from '../../../shared/payload.ts';
import { segment } from '../../../telling/hosting/ref.ts';
import { orgOf, repositoryPage } from './common.ts';

export { segment } from '../../../telling/hosting/ref.ts';

/** Where GitHub lives: an Enterprise Server has a host of its own, which the addresses of people and repositories show. */
export function webOf(payload: Payload): string {
  return originOf(linkOrNull(payload, 'repository.html_url') ?? linkOrNull(payload, 'sender.html_url'));
}

/** GitHub's own, where a page has no address that can be read. */
export function originOf(page: string | null): string {
  return URL.parse(page ?? '')?.origin ?? 'https://github.com';
}

/** An account's page. Payloads give organisations no address to look at, only the API's. */
export function accountPage(payload: Payload, login: string | null): string {
  const web = webOf(payload);
  return login === null ? web : `${web}/${segment(login)}`;
}

/** The organisation's page, or a page of its settings: `personal-access-token-requests`. */
export function orgPage(payload: Payload, settings: string | null = null): string {
  const org = orgOf(payload);
  if (org === null || settings === null) return accountPage(payload, org);
  return `${webOf(payload)}/organizations/${segment(org)}/settings/${settings}`;
}

/** Of the repository where there is one, else of the organisation. */
export function settingsPage(payload: Payload, page: string): string {
  const isInRepository = textOrNull(payload, 'repository.full_name') !== null;
  return isInRepository ? repositoryPage(payload, `/settings/${page}`) : orgPage(payload, page);
}
