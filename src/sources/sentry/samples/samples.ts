import { createHash } from 'node:crypto';
import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';

type Json = Readonly<Record<string, unknown>>;

const HOST = 'https://acme.sentry.io';
const PEOPLE = ['Mona Lisa', 'Lena Krüger', 'Hubert Park'];
const ERRORS = [
  {
    title: 'TypeError: order.lines is not iterable',
    culprit: 'checkout in submitOrder',
    level: 'error',
  },
  { title: 'OperationalError: too many connections', culprit: 'orders.views in create', level: 'fatal' },
  { title: 'TimeoutError: carrier.example.com did not answer', culprit: 'rates in quote', level: 'warning' },
] as const;
const SENTRY: Json = { id: 'sentry', name: 'Sentry', type: 'application' };

/** Who did it, and what it is about. */
type Maker = (scene: Scene) => { readonly actor?: Json; readonly data: Json };

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['issue.created', (scene) => ({ data: { issue: issue(scene, { substatus: 'new' }) } })],
  [
    'issue.assigned',
    (scene) => ({
      actor: user(scene),
      data: { issue: issue(scene, { assignedTo: { ...user(scene, 1), email: 'lena@example.com' } }) },
    }),
  ],
  [
    'issue.resolved',
    (scene) => ({
      actor: user(scene),
      data: {
        resolution_type: 'in_next_release',
        issue: issue(scene, { status: 'resolved', statusDetails: { inNextRelease: true } }),
      },
    }),
  ],
  ['issue.unresolved', (scene) => ({ data: { issue: issue(scene, { substatus: 'regressed', count: '48' }) } })],
  [
    'issue.archived',
    (scene) => ({
      actor: user(scene),
      data: { issue: issue(scene, { status: 'ignored', substatus: 'archived_until_escalating' }) },
    }),
  ],
  ['event_alert.triggered', (scene) => ({ data: { event: error(scene), triggered_rule: 'Errors at checkout' } })],
  ['metric_alert.critical', (scene) => ({ data: metric(scene, 'Critical') })],
  ['metric_alert.warning', (scene) => ({ data: metric(scene, 'Warning') })],
  ['metric_alert.resolved', (scene) => ({ data: metric(scene, 'Resolved') })],
  ['comment.created', (scene) => ({ actor: user(scene), data: comment(scene) })],
  ['error.created', (scene) => ({ data: { error: error(scene) } })],
  ['installation.created', (scene) => ({ actor: user(scene), data: { installation: installation() } })],
  [
    'seer.root_cause_completed',
    (scene) => ({
      data: {
        run_id: 12_345 + scene.n,
        group_id: Number(issueId(scene)),
        root_cause: { description: 'An order without lines has no first line to read the id of.', steps: [] },
      },
    }),
  ],
]);

const MORE: readonly string[] = ['priority', 'isUnhandled', 'permalink', 'environment', 'release'];
export const SAMPLES = samplesBy(
  MAKERS.keys(),
  sample,
  createFieldSetter(() => MORE, 'data.issue.title'),
);

function sample(name: string, scene: Scene): SamplePayload | undefined {
  const made = MAKERS.get(name)?.(scene);
  const [type = '', action] = name.split('.');
  if (made === undefined) return undefined;
  return {
    type,
    payload: { action, actor: made.actor ?? SENTRY, data: made.data, installation: { uuid: installation()['uuid'] } },
  };
}

function issue(scene: Scene, more: Json): Json {
  const { title, culprit, level } = sampleError(scene);
  const id = issueId(scene);
  return {
    url: `https://sentry.io/api/0/organizations/acme/issues/${id}/`,
    web_url: `${HOST}/issues/${id}/`,
    project_url: 'https://sentry.io/api/0/projects/acme/shop/',
    id,
    shortId: `SHOP-${(scene.n + 90).toString(36).toUpperCase()}`,
    title,
    culprit,
    level,
    status: 'unresolved',
    statusDetails: {},
    substatus: 'ongoing',
    project: { id: '1', name: 'Shop', slug: 'shop', platform: 'node' },
    type: 'error',
    count: '12',
    userCount: 3,
    firstSeen: time(scene, 3_600_000),
    lastSeen: time(scene),
    assignedTo: null,
    isUnhandled: true,
    ...more,
  };
}

function error(scene: Scene): Json {
  const { title, culprit, level } = sampleError(scene);
  const id = issueId(scene);
  const event = digest(scene, 'event').slice(0, 32);
  return {
    event_id: event,
    title,
    culprit,
    level,
    datetime: time(scene, 60_000),
    environment: 'production',
    release: null,
    tags: [
      ['level', level],
      ['environment', 'production'],
    ],
    url: `https://sentry.io/api/0/projects/acme/shop/events/${event}/`,
    web_url: `${HOST}/issues/${id}/events/${event}/`,
    issue_url: `https://sentry.io/api/0/issues/${id}/`,
    issue_id: id,
  };
}

function metric(scene: Scene, grade: 'Critical' | 'Warning' | 'Resolved'): Json {
  const identifier = String(scene.n + 1);
  return {
    metric_alert: {
      id: String(scene.n + 400),
      identifier,
      alert_rule: {
        id: '7',
        name: 'Too many errors',
        environment: 'production',
        projects: ['shop'],
        query: 'level:error',
      },
      projects: ['shop'],
      title: 'Too many errors',
      date_started: time(scene, 12 * 60_000),
      date_closed: grade === 'Resolved' ? time(scene) : null,
    },
    description_title: `${grade}: Too many errors`,
    description_text: `${grade === 'Resolved' ? 4 : 812} events in the last 10 minutes\nFilter: level:error`,
    web_url: `${HOST}/alerts/${identifier}/`,
  };
}

function comment(scene: Scene): Json {
  const said = 'Since the release of this morning: the cart may be empty here.';
  return {
    comment_id: scene.n + 1,
    issue_id: issueId(scene),
    project_slug: 'shop',
    timestamp: time(scene),
    comment: said,
  };
}

function installation(): Json {
  return {
    uuid: 'a8e5d37a-696c-4c54-adb5-b3f28d64c7de',
    app: { uuid: '64bf2cf4-37ca-4365-8dd3-6b6e56d741b8', slug: 'tidings' },
    organization: { slug: 'acme' },
    status: 'installed',
  };
}

function user({ n }: Scene, other = 0): Json {
  const index = (n + other) % PEOPLE.length;
  return { id: index + 1, name: PEOPLE[index], type: 'user' };
}

function sampleError({ n }: Scene): (typeof ERRORS)[number] {
  return ERRORS[n % ERRORS.length] as (typeof ERRORS)[number];
}

function issueId(scene: Scene): string {
  return String(4_000_000_000 + (Number.parseInt(digest(scene, 'issue').slice(0, 7), 16) % 1_000_000_000));
}

function time({ now }: Scene, ago = 0): string {
  return new Date(now - ago).toISOString();
}

function digest({ n, now }: Scene, of: string): string {
  return createHash('sha256').update(`${n} ${now} ${of}`).digest('hex');
}
