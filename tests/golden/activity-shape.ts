import { z } from 'zod';
import { type Activity, TONES } from '../../src/model/activity.ts';
import { flatActivity } from '../../src/model/flat-activity.ts';
import { SEVERITIES, TRANSITIONS } from '../../src/model/scales.ts';

const text = z.string();
const texts = z.array(text);
const counted = z.union([text.min(1), z.tuple([text.min(1), text.min(1)])]);
const byTransition = z.partialRecord(z.enum(TRANSITIONS), text.min(1));

/** Activity as a schema, by the names of one record: a normaliser may be told by its payload what its types do not say. */
const activity = z.strictObject({
  kind: text.min(1),
  type: text.min(1),
  action: text.nullable(),
  source: text,
  headline: text.min(1),
  // Whoever runs Tidings says it, and no normaliser.
  sentence: z.null(),
  did: text.min(1).nullable(),
  became: text.min(1).nullable(),
  tone: z.enum(TONES),
  isMinor: z.boolean(),
  actor: z
    .strictObject({ login: text.min(1), url: text.nullable(), avatarUrl: text.nullable(), isBot: z.boolean() })
    .nullable(),
  repo: z.strictObject({ fullName: text.min(1), url: text.min(1).nullable() }).nullable(),
  org: text.nullable(),
  subject: z.strictObject({ noun: text, handle: text.nullable(), title: text, url: text }).nullable(),
  excerpt: text.max(3_000).nullable(),
  isSpoken: z.boolean(),
  facts: texts,
  sum: z.strictObject({ noun: counted, part: counted.nullable(), alone: counted.nullable() }).nullable(),
  labels: texts,
  branch: text.nullable(),
  head: text.nullable(),
  tag: text.nullable(),
  isDraft: z.boolean(),
  isFork: z.boolean(),
  isTest: z.boolean(),
  author: text.nullable(),
  asked: texts,
  assignees: texts,
  reviewers: texts,
  paths: texts.nullable(),
  workflow: texts,
  pullRequest: z.number().nullable(),
  thread: text.nullable(),
  conclusion: text.nullable(),
  severity: z.enum(SEVERITIES).nullable(),
  environment: text.nullable(),
  amount: z.number().nullable(),
  currency: text.regex(/^[A-Z]{3}$|^[A-Za-z]{4,6}$/).nullable(),
  result: z
    .strictObject({
      key: text.max(400),
      run: text,
      passed: z.boolean(),
      headlines: byTransition,
      becomes: byTransition.optional(),
    })
    .nullable(),
  transition: z.enum(TRANSITIONS).nullable(),
  occurredAt: z.number().nullable(),
  dedupKey: text.min(1),
  echoKey: text.nullable(),
  burstKey: text.nullable(),
});

/** What is wrong with it, in words; '' when nothing is. */
export function faultOf(value: Activity): string {
  const parsed = activity.safeParse(flatActivity({ activity: value, transition: null }));
  return parsed.success ? '' : z.prettifyError(parsed.error);
}
