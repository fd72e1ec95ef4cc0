import { z } from 'zod';
import { EVENT_STATES, ORIGINS } from '../../../model/event.ts';
import { FATES } from '../../../model/fate.ts';
import { NOTIFICATION_STATES } from '../../../model/notification.ts';
import { Time } from './common.ts';

const EventId = z.int().min(1);

/** What became of it at one destination. */
export const Told = z
  .strictObject({
    destination: z.string(),
    fate: z.enum(FATES),
    reason: z.string().nullable().describe('Why it is `unknown` or `dead`.'),
    words: z.string().nullable().describe('What it says, while it is not told.'),
  })
  .describe('What became of an event at one destination.');

export const EventSummary = z
  .strictObject({
    id: EventId,
    source: z.string(),
    type: z.string(),
    action: z.string().nullable(),
    delivery_id: z.string(),
    repo: z.string().nullable(),
    actor: z.string().nullable().describe('Who did it, as the provider names them. Null: nobody, or not decided yet.'),
    about: z
      .string()
      .nullable()
      .describe('`#12 Uploads fail on Safari`, at most 300 characters, raw. Null: nothing, or not decided yet.'),
    state: z.enum(EVENT_STATES),
    reason: z.string().nullable(),
    fates: z.record(z.enum(FATES), z.int()).describe('At how many destinations it has which fate.'),
    destinations: z.array(Told).describe('Each once. Empty: nobody was to be told.'),
    received_at: Time,
  })
  .describe('An event in a line.');
export type EventSummary = z.infer<typeof EventSummary>;

export const EventPage = z
  .strictObject({
    events: z.array(EventSummary).describe('Newest first; with `after`, oldest first.'),
    next: EventId.nullable().describe('`before` (with `after`: `after`) of the next page. Null: there is none.'),
  })
  .describe('Events, and where the next page begins.');
export type EventPage = z.infer<typeof EventPage>;

export const Attempt = z
  .strictObject({
    id: z.int(),
    started_at: Time,
    ended_at: Time.nullable(),
    outcome: z.string().nullable(),
    request: z.string(),
    detail: z.string().nullable(),
    size: z.int().describe('How many notifications it carried.'),
  })
  .describe('One try to send a notification.');

export const Notification = z
  .strictObject({
    id: z.int(),
    destination: z.string(),
    rule: z.string(),
    state: z.enum(NOTIFICATION_STATES),
    reason: z.string().nullable(),
    tries: z.int(),
    merged_into: z.int().nullable(),
    is_replay: z.boolean(),
    not_before: Time.nullable(),
    settled_at: Time.nullable(),
    attempts: z.array(Attempt),
  })
  .describe('What one destination was to be told of an event.');
export type Notification = z.infer<typeof Notification>;

/** What `trace` holds: see `Explanation` for the same, to be read. */
export const EventRecord = EventSummary.extend({
  guid: z.string(),
  origin: z.enum(ORIGINS),
  stored_at: Time,
  expanded_at: Time.nullable(),
  secret_no: z.int(),
  replays: z.int(),
  suspect_of: EventId.nullable(),
  settles_at: Time.nullable(),
  headers: z.record(z.string(), z.string()).nullable(),
  body_digest: z.string().nullable(),
  body_bytes: z.int(),
  body: z.string().nullable().describe('As received, as text. Null: gone, as retention says, or damaged.'),
  damage: z.string().optional(),
  trace: z.unknown(),
  notifications: z.array(Notification),
}).describe('Everything that is stored of an event.');
export type EventRecord = z.infer<typeof EventRecord>;

/** One step of the story: received → verified → stored → decided → told. */
export const Step = z
  .strictObject({
    at: Time.nullable().describe('Null: it has not happened yet.'),
    what: z.enum(['received', 'verified', 'stored', 'decided', 'sending', 'told', 'failed', 'held']),
    says: z.string().describe('One sentence: `Told to team, 9 ms after receipt`.'),
    destination: z.string().nullable(),
  })
  .describe('One step of the story of an event.');

export const AskedRule = z
  .strictObject({
    rule: z.string(),
    result: z.enum(['matched', 'no_match', 'not_asked']),
    to: z.array(z.string()),
    checks: z.array(
      z.strictObject({
        check: z.string(),
        ok: z.boolean(),
        wanted: z.string(),
        actual: z.string(),
        from: z.string().nullable().describe('Where in tidings.yaml that was said, if not by the rule alone.'),
      }),
    ),
  })
  .describe('A rule as it was asked: each condition with what it wanted and saw.');

/** Why an event was told, or was not. */
export const Explanation = z
  .strictObject({
    event_id: EventId,
    said: z.string().nullable().describe('What happened, one sentence. Null: it says nothing that could be told.'),
    url: z.string().nullable().describe('Its page at the provider: http or https.'),
    verdict: z.string().describe('Why it was, or was not, announced, in one sentence.'),
    steps: z.array(Step),
    rules: z.array(AskedRule),
    notes: z.array(z.string()).describe('What else was decided: templates, cards, mutes, who declines it.'),
    destinations: z.array(z.strictObject({ destination: z.string(), says: z.string() })),
    commands: z.strictObject({ explain: z.string(), replay: z.string(), curl: z.string().nullable() }),
  })
  .describe('Why an event was told, or was not.');
export type Explanation = z.infer<typeof Explanation>;

/** What `if:` of a rule sees of an event. */
export const Activity = z
  .strictObject({
    event_id: EventId,
    activity: z.record(z.string(), z.unknown()).nullable().describe('By field. Null: rules are not asked about it.'),
    reason: z.string().nullable().describe('Why rules are not asked.'),
  })
  .describe('What `if:` of a rule sees of an event.');
export type Activity = z.infer<typeof Activity>;
