import { z } from 'zod';
import { Time } from './common.ts';

export const FileProblem = z.strictObject({
  line: z.int().nullable(),
  column: z.int().nullable(),
  where: z.string(),
  message: z.string(),
  excerpt: z.string().nullable(),
});

export const RuleInForce = z.strictObject({
  name: z.string(),
  says: z.string().describe('What it tells, and where, in words.'),
  on: z.array(z.string()).describe('Which events, as `issues.opened`, each with what is asked of them.'),
  of: z.string().nullable().describe('Of which repositories and sources. Null: of any.'),
  to: z.array(z.string()).describe('Destinations, and people behind an @.'),
  details: z.array(z.string()).describe('What else it asks or does.'),
  line: z.int().nullable().describe('Where in the file it begins. Null: it is not there.'),
  told_24h: z.int(),
  told_7d: z.int(),
});

export const RulesFile = z.strictObject({
  path: z.string(),
  text: z.string(),
  etag: z.string().describe('Changes with every byte of the file.'),
  changed_at: Time,
  writable: z.boolean(),
  why_not_writable: z.string().nullable(),
});

export const Rules = z.strictObject({
  in_force: z.string().describe('Which rules are in force, and since when; or why the last change was refused.'),
  rules: z.array(RuleInForce),
  file: RulesFile.nullable().describe('Null: there is none, the built-in rules are in force.'),
  template: z.string().nullable().describe('Without a file: what one could begin with.'),
  problems: z.array(FileProblem),
  notes: z.array(z.string()).describe('What one may want to know of it, though nothing is wrong.'),
  tests: z.int().describe('How many tests the file has.'),
});
export type Rules = z.infer<typeof Rules>;

export const RulesText = z.strictObject({ text: z.string().max(1_000_000) });
export type RulesText = z.infer<typeof RulesText>;

export const RulesChecked = z.strictObject({
  ok: z.boolean(),
  problems: z.array(FileProblem),
  notes: z.array(z.string()),
  rules: z.int(),
  tests: z.int(),
});
export type RulesChecked = z.infer<typeof RulesChecked>;

export const RulesTested = z.strictObject({
  ok: z.boolean(),
  problems: z.array(FileProblem),
  results: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), lines: z.array(z.string()) })),
});
export type RulesTested = z.infer<typeof RulesTested>;

export const BacktestWish = RulesText.extend({
  limit: z.int().min(1).max(100_000).default(500).describe('The newest so many events.'),
});
export type BacktestWish = z.infer<typeof BacktestWish>;

const Difference = z.strictObject({
  destination: z.string(),
  rule: z.string().nullable(),
  because: z.string(),
  words: z.string().optional(),
});
/** Each line of the stream is one of these. The last is `end` or `refused`. */
export const BacktestLine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read'), done: z.int(), total: z.int() }),
  z.strictObject({
    kind: z.literal('change'),
    id: z.int(),
    received_at: Time,
    event: z.string(),
    repo: z.string().nullable(),
    handle: z.string().nullable(),
    title: z.string().nullable(),
    no_longer_told: z.array(Difference),
    newly_told: z.array(Difference),
  }),
  z.strictObject({
    kind: z.literal('end'),
    events: z.int(),
    fewer: z.int(),
    more: z.int(),
    same: z.int(),
    says: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('refused'), problems: z.array(FileProblem), says: z.string() }),
]);
export type BacktestLine = z.infer<typeof BacktestLine>;

export const RulesWritten = z.strictObject({ etag: z.string(), says: z.string(), in_force: z.string() });
export type RulesWritten = z.infer<typeof RulesWritten>;
