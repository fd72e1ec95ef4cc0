import type { Tone } from '../../../model/activity.ts';
import { incidentResult, severityOf } from '../../../telling/incident.ts';
import { after, lasted } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { type Fields, field } from '../fields.ts';
import type { MonitorTransition } from '../title.ts';
import type { DatadogEvent } from './event.ts';
import { lastTriggered } from './message.ts';

/** A monitor is called by what is wrong, a sentence often: it stands last. */
const WORDS: Readonly<Record<MonitorTransition, readonly [headline: string, tone: Tone]>> = {
  triggered: ['Monitor triggered', 'bad'],
  re_triggered: ['Monitor still triggered', 'bad'],
  warn: ['Monitor warning', 'waiting'],
  re_warn: ['Monitor still warning', 'waiting'],
  no_data: ['Monitor without data', 'bad'],
  re_no_data: ['Monitor still without data', 'bad'],
  recovered: ['Monitor recovered', 'good'],
  renotify: ['Monitor not recovered yet', 'bad'],
};

/** What a monitor sees. */
export function monitor(event: DatadogEvent): Told {
  const { fields, title, transition, scope, body, occurredAt } = event;
  const [headline, tone]: readonly [string, Tone] =
    transition === null ? ['Monitor alert', toneByType(fields)] : WORDS[transition];
  const isOver = transition === 'recovered';
  const watched = watchedBy(event);
  const result =
    transition === null
      ? null
      : incidentResult(isOver ? 'resolved' : 'triggered', 'monitor', watched, `${event.id} ${transition}`);
  return {
    headline,
    tone,
    noun: 'monitor',
    title,
    facts: [
      isOver ? lasted(lastTriggered(body), occurredAt) : null,
      event.priority,
      shownScope(scope) ?? after('host', field(fields, ['hostname', 'host'])),
      statusOf(event),
    ],
    facets: { severity: severityIn(event) },
    // What gets worse, or better, is told in its own words.
    result: result && { ...result, headlines: {}, becomes: {} },
    thread: after('cycle', field(fields, ['alertcyclekey', 'cyclekey'])) ?? watched,
  };
}

const TONES: Readonly<Record<string, Tone>> = { error: 'bad', warning: 'waiting', success: 'good' };

/** What a template that leaves out the transition says all the same. */
export function toneByType(fields: Fields): Tone {
  const type = field(fields, ['alerttype', 'eventalerttype']) ?? '';
  return (Object.hasOwn(TONES, type) ? TONES[type] : undefined) ?? 'neutral';
}

/** The same each time: a monitor may watch many hosts, each by itself. */
function watchedBy({ fields, title, scope }: DatadogEvent): string {
  const aggregate = field(fields, [
    'aggregkey',
    'aggregationkey',
    'aggregatekey',
    'eventaggregkey',
    'uniquekey',
    'dedupkey',
    'alias',
  ]);
  const monitorId = field(fields, ['alertid', 'monitorid']);
  return aggregate === null
    ? ['monitor', monitorId ?? title, scope].filter(Boolean).join(' ')
    : `aggregate ${aggregate}`;
}

/** `host:web-1`; a long id says nothing to people. */
function shownScope(scope: string | null): string | null {
  const parts = (scope ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '*' && !/[\da-f]{8}-[\da-f]{4}-|[\da-f]{24}/i.test(part));
  return parts.length === 0 ? null : parts.slice(0, 3).join(', ');
}

/** `system.load.1 over host:web-1 was > 0 on average during the last 5m`, where the message does not say it. */
function statusOf({ fields, message }: DatadogEvent): string | null {
  return message === null ? field(fields, ['alertstatus', 'statussummary']) : null;
}

function severityIn({ transition, priority, fields }: DatadogEvent) {
  const graded = severityOf(priority) ?? severityOf(field(fields, ['severity', 'alertseverity']));
  if (graded !== null || transition === 'recovered') return graded;
  const type = severityOf(field(fields, ['alerttype']));
  return transition === 'warn' || transition === 're_warn' ? 'medium' : (type ?? (transition === null ? null : 'high'));
}
