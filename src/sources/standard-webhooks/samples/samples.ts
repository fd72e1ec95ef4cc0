import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';
import { clerk } from './clerk.ts';
import { id, type Json, seconds } from './scene.ts';

/** The payload of one event, as its sender would send it. */
type Maker = (scene: Scene, name: string) => Json;

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['user.created', clerk],
  ['user.deleted', clerk],
  ['organizationMembership.created', clerk],
  ['organizationInvitation.created', clerk],
  ['session.revoked', clerk],
  ['email.bounced', resend],
  ['email.delivery_delayed', resend],
  ['email.received', resend],
  ['batch.failed', openai],
  ['fine_tuning.job.succeeded', openai],
  ['session.requires_action', anthropic],
  ['session.status_terminated', anthropic],
  ['vault_credential.refresh_failed', anthropic],
  ['endpoint.disabled', svix],
  ['message.attempt.exhausted', svix],
  ['invoice.paid', anybody],
]);

export const SAMPLES = samplesBy(
  MAKERS.keys(),
  sample,
  createFieldSetter(() => null, 'data.name'),
);

function sample(name: string, { n, now }: Scene): SamplePayload | undefined {
  const payload = MAKERS.get(name)?.({ n, now }, name);
  return payload === undefined ? undefined : { type: name, payload };
}

function resend(scene: Scene, type: string): Json {
  const created = new Date(scene.now).toISOString();
  const isReceived = type === 'email.received';
  const data = {
    created_at: created,
    email_id: id(scene, '', type).replace('_', ''),
    from: isReceived ? 'Lena <lena@example.com>' : 'Acme <hello@acme.example>',
    to: [isReceived ? 'support@acme.example' : `mona+${scene.n}@example.com`],
    subject: isReceived ? 'Where is my order?' : 'Your invoice of May',
    ...(type === 'email.bounced' && {
      bounce: { type: 'Permanent', subType: 'General', message: 'The mailbox does not exist' },
    }),
  };
  return { type, created_at: created, data };
}

function openai(scene: Scene, type: string): Json {
  const prefix = type.startsWith('batch') ? 'batch' : 'ftjob';
  return {
    id: id(scene, 'evt', type),
    object: 'event',
    created_at: seconds(scene),
    type,
    data: { id: id(scene, prefix, type) },
  };
}

function anthropic(scene: Scene, type: string): Json {
  const prefix = type.startsWith('session') ? 'sesn' : 'vcrd';
  const data = {
    type,
    id: id(scene, prefix, type),
    organization_id: id(scene, 'org'),
    workspace_id: id(scene, 'wrkspc'),
  };
  return { type: 'event', id: id(scene, 'whe', type), created_at: new Date(scene.now).toISOString(), data };
}

function svix(scene: Scene, type: string): Json {
  const since = new Date(scene.now - 5 * 86_400_000).toISOString();
  const of = { appId: id(scene, 'app'), appUid: 'acme', endpointId: id(scene, 'ep'), endpointUid: 'orders' };
  if (type === 'endpoint.disabled') return { type, data: { ...of, failSince: since, trigger: 'automatic' } };
  const lastAttempt = { id: id(scene, 'atmpt'), responseStatusCode: 500, timestamp: new Date(scene.now).toISOString() };
  return { type, data: { ...of, msgId: id(scene, 'msg', type), msgEventId: `order-${1001 + scene.n}`, lastAttempt } };
}

function anybody(scene: Scene, type: string): Json {
  const data = {
    number: `INV-${1001 + scene.n}`,
    amount: '49.00',
    currency: 'EUR',
    url: `https://billing.example.com/invoices/${1001 + scene.n}`,
  };
  return { type, timestamp: new Date(scene.now).toISOString(), data };
}
