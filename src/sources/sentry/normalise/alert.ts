import { list, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { incidentResult, incidentTold, severityOf } from '../../../telling/incident.ts';
import { firstText, idAt, lasted, momentAt } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { capitalised } from '../../../text/words.ts';
import { isLegacy } from '../shapes.ts';
import { culpritOf, environmentOf, happeningOf, issueIdOf, pageIn, type SentryEvent, threadOf } from './parts.ts';

const TITLES = ['title', 'metadata.title', 'metadata.value', 'message', 'logentry.formatted'];

/** One error that met a rule. Null: nobody has words for it. */
export function issueAlert({ payload, action }: SentryEvent): Told | null {
  const isOld = isLegacy(payload);
  if (!isOld && action !== 'triggered') return null;
  const error = read(payload, isOld ? 'event' : 'data.event');
  const [first] = list(payload, 'triggering_rules');
  const rule =
    firstText(payload, ['data.triggered_rule', 'data.issue_alert.title']) ??
    (typeof first === 'string' && first !== '' ? first : null);
  const title = firstText(error, TITLES) ?? firstText(payload, ['message']) ?? '';
  const told = incidentTold('triggered', { noun: 'alert', handle: called(rule), title, isByPerson: false });
  // Without the rule's name it would read as if the error had been triggered by somebody.
  return {
    ...told,
    became: rule === null ? null : (told.became ?? null),
    ...errorParts(payload, error),
    happening: happeningOf(issueIdOf(payload), payload, 'data.event.datetime'),
  };
}

/** Every single one, where somebody asks for them. */
export function error({ payload, action }: SentryEvent): Told | null {
  if (action !== 'created') return null;
  const one = read(payload, 'data.error');
  const title = firstText(one, TITLES) ?? '';
  return { headline: 'New error', tone: 'bad', noun: 'error', title, ...errorParts(payload, one) };
}

function errorParts(payload: Payload, error: unknown): Pick<Told, 'url' | 'facts' | 'facets' | 'thread'> {
  const level = firstText(error, ['level']) ?? textOrNull(payload, 'level');
  const environment = environmentOf(error);
  return {
    url: pageIn(payload),
    facts: [level === 'error' ? null : level, environment, culpritOf(error) ?? culpritOf(payload)],
    facets: { severity: severityOf(level), environment },
    thread: threadOf(payload),
  };
}

const METRIC: Readonly<Record<string, readonly [headline: string, became: string]>> = {
  critical: ['Alert critical', 'is critical'],
  warning: ['Alert warning', 'warns'],
  resolved: ['Alert resolved', 'resolved'],
};

/** A number that left its bounds, or came back into them. */
export function metricAlert({ payload, action }: SentryEvent): Told | null {
  const words = Object.hasOwn(METRIC, action ?? '') ? METRIC[action ?? ''] : undefined;
  if (words === undefined) return null;
  const alert = read(payload, 'data.metric_alert');
  const said =
    firstText(payload, ['data.description_title'])?.replace(/^(?:critical|warning|resolved):\s*/i, '') ?? null;
  const name = firstText(alert, ['alert_rule.name', 'title']) ?? said;
  const [headline, became] = words;
  const isOver = action === 'resolved';
  const id = idAt(alert, 'id');
  const rule = idAt(alert, 'alert_rule.id') ?? name;
  const result =
    rule === null
      ? null
      : incidentResult(isOver ? 'resolved' : 'triggered', 'alert', `metric alert ${rule}`, `${id} ${action}`);
  const environment = firstText(alert, ['alert_rule.environment']);
  return {
    headline,
    became: name === null ? null : became,
    tone: action === 'warning' ? 'waiting' : isOver ? 'good' : 'bad',
    noun: 'alert',
    handle: called(name),
    title: firstLine(payload) ?? '',
    url: pageIn(payload),
    facts: [isOver ? lasted(momentAt(alert, 'date_started'), momentAt(alert, 'date_closed')) : null, environment],
    facets: { severity: isOver ? null : severityOf(action), environment },
    // What gets worse, or better, is told in its own words.
    result: result && { ...result, headlines: {}, becomes: {} },
    thread: id && `metric alert ${id}`,
  };
}

/** `5 events in the last 10 minutes`; the filter below it is the rule's. */
function firstLine(payload: Payload): string | null {
  return firstText(payload, ['data.description_text'])?.split(/\\n|\n/)[0] ?? null;
}

/** `Alert “Too many errors”`: a rule may be called anything, a whole sentence often. */
function called(rule: string | null): string | null {
  if (rule === null || /\balert\b/i.test(rule)) return rule && capitalised(rule);
  return /\s/.test(rule) ? `Alert “${rule}”` : `Alert ${rule}`;
}
