import { createHash } from 'node:crypto';
import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';

type Json = Readonly<Record<string, unknown>>;

const MONITORS = [
  {
    name: 'Disk of the database is nearly full',
    scope: 'host:db-2,env:production',
    priority: 'P2',
    text: 'Look for large logs first.',
  },
  {
    name: 'Checkout answers slowly',
    scope: 'service:checkout,env:production',
    priority: 'P1',
    text: 'Is the carrier down?',
  },
  { name: 'Queue of e-mails grows', scope: 'queue:mail,env:staging', priority: 'P4', text: 'Restart the workers.' },
] as const;

/** The word of `$ALERT_TRANSITION`, by the name of the sample. */
const STATES: Readonly<Record<string, readonly [transition: string, alertType: string]>> = {
  'monitor.triggered': ['Triggered', 'error'],
  'monitor.re_triggered': ['Re-Triggered', 'error'],
  'monitor.warn': ['Warn', 'warning'],
  'monitor.no_data': ['No Data', 'error'],
  'monitor.recovered': ['Recovered', 'success'],
};

export const SAMPLES = samplesBy(
  [...Object.keys(STATES), 'incident.active', 'event'],
  sample,
  createFieldSetter(() => ['user', 'hostname', 'alert_metric', 'alert_query'], 'title'),
);

/** As the template of docs/sources/datadog.md would send it. */
function sample(name: string, scene: Scene): SamplePayload | undefined {
  const state = Object.hasOwn(STATES, name) ? STATES[name] : undefined;
  if (state !== undefined) return { type: 'monitor', payload: monitor(scene, ...state) };
  if (name === 'incident.active') return { type: 'incident', payload: incident(scene) };
  return name === 'event' ? { type: 'event', payload: event(scene) } : undefined;
}

function monitor(scene: Scene, transition: string, alertType: string): Json {
  const { name, scope, priority, text } = MONITORS[scene.n % MONITORS.length] as (typeof MONITORS)[number];
  const [first = ''] = scope.split(',');
  return {
    ...common(scene, transition),
    event_type: 'query_alert_monitor',
    title: `[${priority}] [${transition} on {${first}}] ${name}`,
    body: `%%%\n${text} @webhook-tidings\n\n- - -\n\n[[Monitor Status](https://app.datadoghq.com/monitors/${260_000 + scene.n})]\n%%%`,
    alert_id: String(260_000 + scene.n),
    alert_title: name,
    alert_transition: transition,
    alert_type: alertType,
    alert_priority: priority,
    alert_scope: scope,
    alert_status: `system.disk.in_use over ${scope} was > 0.9 on average during the last 5m`,
    alert_cycle_key: digits(scene, 'cycle'),
    tags: `${scope},team:platform,monitor`,
  };
}

function incident(scene: Scene): Json {
  return {
    ...common(scene, 'incident'),
    incident_public_id: String(41 + scene.n),
    incident_title: 'Orders are not accepted',
    incident_severity: 'SEV-2',
    incident_status: 'active',
    link: `https://app.datadoghq.com/incidents/${41 + scene.n}`,
  };
}

function event(scene: Scene): Json {
  return { ...common(scene, 'event'), title: 'Agent upgraded on db-2', body: 'From 7.60 to 7.61', alert_type: 'info' };
}

function common(scene: Scene, of: string): Json {
  const id = digits(scene, of);
  return {
    id,
    date: String(scene.now),
    org: { id: '9999999', name: 'acme' },
    link: `https://app.datadoghq.com/event/event?id=${id}`,
  };
}

/** 19 digits, as Datadog's ids have. */
function digits({ n, now }: Scene, of: string): string {
  const digest = createHash('sha256').update(`${n} ${now} ${of}`).digest();
  return `8${(digest.readBigUInt64BE() % 10n ** 18n).toString().padStart(18, '0')}`;
}
