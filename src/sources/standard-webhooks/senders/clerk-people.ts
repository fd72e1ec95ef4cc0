import type { Person } from '../../../model/activity.ts';
import { list, read, textOrNull } from '../../../shared/payload.ts';
import { firstText, person } from '../../../telling/parts.ts';

/** Of a user of Clerk's, wherever it stands: the main mail address, else a name, else any address. Null: there is only an id. */
export function userName(user: unknown): string | null {
  return (
    mainMail(user) ??
    firstText(user, ['identifier', 'email', 'email_address', 'username']) ??
    fullName(user) ??
    firstText(user, ['phone_numbers.0.phone_number', 'external_accounts.0.email_address'])
  );
}

export function userPerson(user: unknown): Person | null {
  return person(userName(user));
}

/** `primary_email_address_id` says which of the addresses it is. */
function mainMail(user: unknown): string | null {
  const all = list(user, 'email_addresses');
  const id = textOrNull(user, 'primary_email_address_id');
  const main = all.find((each) => id !== null && textOrNull(each, 'id') === id) ?? all[0];
  return textOrNull(main, 'email_address');
}

export function fullName(user: unknown): string | null {
  const name = ['first_name', 'last_name'].map((field) => textOrNull(user, field)?.trim() ?? '').filter(Boolean);
  return name.length === 0 ? null : name.join(' ');
}

export function organizationName(data: unknown): string | null {
  return firstText(data, ['organization.name', 'organization.slug', 'public_organization_data.name']);
}

/** `basic_member`, `org:admin`: as people read it. */
export function roleName(data: unknown): string | null {
  const role = firstText(data, ['role_name', 'role']);
  return role === null ? null : role.replace(/^org:/, '').replaceAll('_', ' ');
}

/** Whether the object is only what is left of one that was deleted. */
export function isGone(data: unknown): boolean {
  return read(data, 'deleted') === true;
}
