import type { Scene } from '../../../model/plugin/samples.ts';
import { id, type Json } from './scene.ts';

const NAMES = ['Mona', 'Lena', 'Hubert', 'Zoë'] as const;

/** As Clerk would send it: of a shop whose people sign up. */
export function clerk(scene: Scene, type: string): Json {
  return {
    type,
    object: 'event',
    timestamp: scene.now,
    data: dataOf(scene, type),
    event_attributes: { http_request: { client_ip: '', user_agent: '' } },
  };
}

function dataOf(scene: Scene, type: string): Json {
  const [first, mail, user] = [NAMES[scene.n % NAMES.length], `mona${scene.n}@example.com`, id(scene, 'user')];
  const organization = { object: 'organization', id: id(scene, 'org'), name: 'Acme', slug: 'acme' };
  switch (type) {
    case 'user.created': {
      const address = id(scene, 'idn');
      return {
        object: 'user',
        id: user,
        first_name: first,
        last_name: null,
        primary_email_address_id: address,
        email_addresses: [{ object: 'email_address', id: address, email_address: mail }],
        created_at: scene.now,
      };
    }
    case 'organizationMembership.created': {
      const who = { first_name: first, last_name: null, identifier: mail, user_id: user };
      return {
        object: 'organization_membership',
        id: id(scene, 'orgmem'),
        role: 'org:member',
        organization,
        public_user_data: who,
      };
    }
    case 'organizationInvitation.created':
      return {
        object: 'organization_invitation',
        id: id(scene, 'orginv'),
        email_address: mail,
        role: 'org:admin',
        public_organization_data: { name: 'Acme' },
        status: 'pending',
      };
    case 'session.revoked':
      return { object: 'session', id: id(scene, 'sess'), status: 'revoked', user_id: user, user: { email: mail } };
    default:
      return { object: 'user', id: user, deleted: true };
  }
}
