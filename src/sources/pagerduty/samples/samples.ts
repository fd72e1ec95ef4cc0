import { createHash } from 'node:crypto';
import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';

type Json = Readonly<Record<string, unknown>>;

const HOST = 'https://acme.pagerduty.com';
const PEOPLE = ['Mona Lisa', 'Lena Krüger', 'Hubert Park'];
const OUTAGES = [
  { title: 'Checkout answers slowly', service: 'Checkout', priority: 'P1', urgency: 'high' },
  { title: 'Disk of db-2 is nearly full', service: 'Orders', priority: null, urgency: 'low' },
  { title: 'Certificate of api.example.com expires in 3 days', service: 'API', priority: 'P3', urgency: 'low' },
] as const;

/** Who did it, and what it is about. Null: PagerDuty itself did. */
type Maker = (scene: Scene) => { readonly agent: Json | null; readonly data: Json };

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['incident.triggered', (scene) => ({ agent: integration(), data: incident(scene, 'triggered') })],
  ['incident.acknowledged', (scene) => ({ agent: user(scene), data: incident(scene, 'acknowledged') })],
  ['incident.unacknowledged', (scene) => ({ agent: null, data: incident(scene, 'triggered') })],
  ['incident.escalated', (scene) => ({ agent: null, data: incident(scene, 'triggered', 1) })],
  ['incident.reassigned', (scene) => ({ agent: user(scene), data: incident(scene, 'triggered', 1) })],
  ['incident.priority_updated', (scene) => ({ agent: user(scene), data: incident(scene, 'acknowledged') })],
  [
    'incident.annotated',
    (scene) => ({
      agent: user(scene),
      data: about(scene, 'incident_note', { content: 'Rolled back to the release of yesterday.' }),
    }),
  ],
  [
    'incident.status_update_published',
    (scene) => ({
      agent: user(scene),
      data: about(scene, 'incident_status_update', { message: 'Orders are accepted again, e-mails are late.' }),
    }),
  ],
  [
    'incident.responder.added',
    (scene) => ({
      agent: user(scene),
      data: about(scene, 'incident_responder', {
        user: user(scene, 1),
        state: 'pending',
        message: 'Do you know this query?',
      }),
    }),
  ],
  [
    'incident.responder.replied',
    (scene) => ({
      agent: user(scene, 1),
      data: about(scene, 'incident_responder', { user: user(scene, 1), state: 'accepted', message: '' }),
    }),
  ],
  ['incident.resolved', (scene) => ({ agent: user(scene), data: incident(scene, 'resolved') })],
  ['incident.reopened', (scene) => ({ agent: user(scene), data: incident(scene, 'triggered') })],
  ['service.created', (scene) => ({ agent: user(scene), data: { ...service(scene), type: 'service' } })],
  ['pagey.ping', () => ({ agent: null, data: { message: 'Hello from your friend Pagey!', type: 'ping' } })],
]);

const MORE: readonly string[] = ['reopened_at', 'incident_key', 'content', 'message', 'state'];
export const SAMPLES = samplesBy(
  MAKERS.keys(),
  sample,
  createFieldSetter((holder) => (holder === 'data' ? MORE : []), 'event.data.title'),
);

function sample(name: string, scene: Scene): SamplePayload | undefined {
  const made = MAKERS.get(name)?.(scene);
  if (made === undefined) return undefined;
  const occurred_at = new Date(scene.now).toISOString();
  const [resource_type] = name.split('.');
  const { agent, data } = made;
  const event = { id: id(scene, name, 26), event_type: name, resource_type, occurred_at, agent, client: null, data };
  return { type: name.slice(0, name.lastIndexOf('.')), payload: { event } };
}

function incident(scene: Scene, status: string, assignee = 0): Json {
  const { title, priority, urgency } = outage(scene);
  return {
    ...reference(`/incidents/${id(scene, 'incident')}`, 'incident', title),
    number: 101 + scene.n,
    status,
    created_at: new Date(scene.now - 26 * 60_000).toISOString(),
    title,
    service: service(scene),
    assignees: status === 'resolved' ? [] : [user(scene, assignee)],
    escalation_policy: reference('/escalation_policies/PUS0KTE', 'escalation_policy_reference', 'Default'),
    teams: [reference('/teams/PFCVPS0', 'team_reference', 'Engineering')],
    priority: priority && reference('/account/incident_priorities', 'priority_reference', priority),
    urgency,
    conference_bridge: null,
    resolve_reason: null,
  };
}

/** What is said of an incident names it by a reference alone. */
function about(scene: Scene, type: string, more: Json): Json {
  const url = `/incidents/${id(scene, 'incident')}`;
  return { incident: reference(url, 'incident_reference', outage(scene).title), ...more, type };
}

function service(scene: Scene): Json {
  const { service: name } = outage(scene);
  return reference(`/service-directory/${id(scene, name)}`, 'service_reference', name);
}

function user({ n }: Scene, other = 0): Json {
  const index = (n + other) % PEOPLE.length;
  return reference(`/users/PUSER0${index}`, 'user_reference', PEOPLE[index] as string);
}

function integration(): Json {
  return {
    ...reference('/services/P1/integrations/PINT01', 'inbound_integration_reference', 'Prometheus'),
    html_url: null,
  };
}

function reference(path: string, type: string, summary: string): Json {
  const [last = ''] = path.split('/').toReversed();
  return { html_url: HOST + path, id: last, self: `https://api.pagerduty.com${path}`, summary, type };
}

function outage({ n }: Scene): (typeof OUTAGES)[number] {
  return OUTAGES[n % OUTAGES.length] as (typeof OUTAGES)[number];
}

/** `Q…`: looks like PagerDuty's, and is the same for the same scene and `of`. */
function id({ n, now }: Scene, of: string, length = 14): string {
  const digest = createHash('sha256').update(`${n} ${now} ${of}`).digest('hex').toUpperCase();
  return `Q${digest.slice(0, length - 1)}`;
}
