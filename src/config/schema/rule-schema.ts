import * as z from 'zod/mini';
import { actionsOf, type EventCatalog } from '../../model/event-catalog.ts';
import { IGNORABLE, MENTIONABLE } from '../../model/rule.ts';
import { BROADCASTS } from '../../model/scales.ts';
import { EDITORS, type Json } from '../parts/editors.ts';
import { filled, listOf, oneOf, someOf } from '../parts/values.ts';
import { filterOrShort, repoGlobs, sourceGlobs } from './filter-schema.ts';
import { quiet } from './quiet-schema.ts';
import { settle } from './settle.ts';

/** The shapes that GitHub Actions knows, as event → filter: `push`, `[push, star]`, `{ push: , issues: [opened] }`. */
export function eventsOf(on: unknown): unknown {
  if (typeof on === 'string') return { [on]: null };
  return Array.isArray(on) && on.every((type) => typeof type === 'string')
    ? Object.fromEntries(on.map((type) => [type, null]))
    : on;
}

/** For editors, every known event is a key to choose from, with its actions; others pass too. */
function eventsForEditors(events: EventCatalog): Json {
  const filter = { $ref: '#/definitions/filter' };
  const known = Object.entries(events).map(([type, entry]) => {
    const actions = actionsOf(entry);
    const description = actions && actions.length > 0 ? { description: `Actions: ${actions.join(', ')}` } : {};
    return [type, { ...filter, ...description }];
  });
  const all = { ...filter, description: 'Every event that this rule does not name.' };
  const name = { type: 'string', pattern: '\\S' };
  return {
    anyOf: [
      name,
      { type: 'array', items: name, minItems: 1 },
      {
        type: 'object',
        minProperties: 1,
        properties: { '*': all, ...Object.fromEntries(known) },
        additionalProperties: filter,
      },
    ],
  };
}

const on = z
  .pipe(
    z.transform(eventsOf),
    z
      .record(z.string(), filterOrShort)
      .check(
        z.refine((events) => Object.keys(events).length > 0, { error: 'names no event: nothing would ever match.' }),
      ),
  )
  .register(EDITORS, { shape: (_, events) => eventsForEditors(events) });

/** Names that are no word of these are checked by `remarksOnMentions`. */
const mention = listOf(
  filled.check().register(EDITORS, {
    shape: () => ({ anyOf: [{ enum: [...MENTIONABLE] }, { type: 'string', pattern: '^@|/|\\$\\{' }] }),
  }),
);

/** `none`: told on its card alone. */
const threadOrNone = z
  .custom<boolean | 'none'>((value) => typeof value === 'boolean' || value === 'none', {
    error: 'must be true, false or none.',
  })
  .register(EDITORS, { shape: () => ({ enum: [true, false, 'none'] }) });

/** What every rule may have from `defaults`: neither what it is about nor what becomes of other rules. */
export const common = {
  sources: z.optional(sourceGlobs),
  repos: z.optional(repoGlobs),
  ignore: z.optional(listOf(oneOf(IGNORABLE))),
  settle: z.optional(settle),
  quiet: z.optional(quiet),
  to: z.optional(listOf(z.string())),
  mention: z.optional(mention),
  thread: z.optional(threadOrNone),
  card: z.optional(z.boolean()),
  broadcast: z.optional(listOf(oneOf(BROADCASTS))),
};

export const defaults = z
  .strictObject(common)
  .check(
    z.refine((given) => given.to === undefined || given.to.length > 0, {
      path: ['to'],
      error: 'is empty, so no rule does anything. Leave it out for every destination, or name one.',
    }),
    someOf(Object.keys(common) as (keyof typeof common)[], 'is empty: leave it out, or fill it.'),
  )
  .register(EDITORS, { section: 'rule', shape: (json) => ({ ...json, minProperties: 1 }) });

export const DEFAULT_KEYS = Object.keys(defaults.shape);

const { sources, repos, ignore, ...others } = common;

export const rule = z
  .strictObject({
    name: z.optional(filled),
    on,
    sources,
    repos,
    ignore,
    if: z.optional(filled),
    ...others,
    template: z.optional(filled),
    stop: z._default(z.boolean(), false),
  })
  .check(
    z.refine((given) => given.to === undefined || given.to.length > 0 || given.stop, {
      path: ['to'],
      error:
        'is empty, so the rule does nothing. Leave it out for every destination, name one, or add `stop: true` to keep later rules from being asked.',
    }),
  )
  .register(EDITORS, {
    section: 'rule',
    shape: (json) => ({
      ...json,
      if: { properties: { to: { type: 'array', maxItems: 0 } }, required: ['to'] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { properties: { stop: { const: true } }, required: ['stop'] },
    }),
  });

export const RULE_KEYS = Object.keys(rule.shape);
