import * as z from 'zod/mini';
import { parseOwner } from '../../model/recovery.ts';
import { IGNORABLE } from '../../model/rule.ts';
import { Secret } from '../../shared/secret.ts';
import { botTokenProblem, channelProblem } from './slack-shapes.ts';

// The shape of tidings.yaml, and the only place that builds schemas. Messages are predicates: whoever prints them puts
// the key in front. zod/mini loads in two thirds of zod's time and leaves its languages out.

const HTTP_TIMEOUT_MS = 10_000;
/** Longer than any branch or repository name that Git hosts take. */
const GLOB_LIMIT = 250;

/** One text counts as a list of one. */
function listOf<T extends z.ZodMiniType>(item: T) {
  return z.pipe(
    z.transform((value: unknown) => (typeof value === 'string' ? [value] : value)),
    z.array(item),
  );
}

function filledListOf<T extends z.ZodMiniType>(item: T) {
  return listOf(item).check(
    z.refine((list: unknown) => Array.isArray(list) && list.length > 0, {
      error: 'is empty: name at least one, or leave it out.',
    }),
  );
}

/** Numbers may come out of variables, which are text. */
function numberWithin(least: number, most: number, unit: string, step?: 'whole') {
  const kind = step === 'whole' ? 'a whole number' : 'a number';
  return z.pipe(
    z.transform((value: unknown) => (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value)),
    z.number().check(
      z.refine((value) => value >= least && value <= most && (step === undefined || Number.isInteger(value)), {
        error: `must be ${kind} from ${least} to ${most}${unit}.`,
      }),
    ),
  );
}

const filled = z.string().check(z.refine((value) => value.trim() !== '', { error: 'is empty.' }));
const httpUrl = filled.check(
  z.refine((value) => value.trim() === '' || isHttpUrl(value), {
    error: 'must be an address that begins with https:// or http://, without a name and password in it.',
  }),
);

/** Filled, and without a problem that the function finds. */
function shaped(problemOf: (text: string) => string | undefined) {
  return filled.check(
    z.refine((value) => value.trim() === '' || problemOf(value) === undefined, {
      error: ({ input }) => problemOf(String(input)) ?? 'is wrong.',
    }),
  );
}

/** Without credentials: fetch refuses addresses that hold some. */
export function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return (url?.protocol === 'https:' || url?.protocol === 'http:') && url.username === '' && url.password === '';
}

/** `whsec_` and 24 to 64 bytes in base64, https://github.com/standard-webhooks/standard-webhooks/blob/main/spec */
function isSigningSecret(text: string): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  if (encoded === undefined || encoded.length % 4 !== 0) return false;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.length >= 24 && bytes.length <= 64;
}

const secret = z.transform((value: string) => new Secret(value));
const signingSecret = z.pipe(
  z.string().check(
    z.refine(isSigningSecret, {
      error: 'must be whsec_ and 24 to 64 bytes in base64. To make one: echo "whsec_$(openssl rand -base64 32)"',
    }),
  ),
  secret,
);

const source = z.strictObject({
  provider: z._default(z.enum(['github']), 'github'),
  secrets: z.optional(filledListOf(filled)),
  recover: z.optional(
    filledListOf(
      filled.check(
        z.refine((value) => parseOwner(value) !== null, {
          error: 'names no webhook owner: write acme/api for a repository, acme for an organisation.',
        }),
      ),
    ),
  ),
});

/** `github:` with nothing behind it means all of its defaults. */
const sourceOrEmpty = z.pipe(
  z.transform((value: unknown): unknown => value ?? {}),
  source,
);

/** Which of the three go together is judged by crossCheck. */
const slack = z.strictObject({
  type: z.literal('slack'),
  webhook_url: z.optional(z.pipe(httpUrl, secret)),
  token: z.optional(z.pipe(shaped(botTokenProblem), secret)),
  channel: z.optional(shaped(channelProblem)),
  per_second: z._default(numberWithin(0, 1000, ' messages a second; 0 means no pace'), 1),
});
const terminal = z.strictObject({ type: z.literal('console') });
const http = z.strictObject({
  type: z.literal('http'),
  url: httpUrl,
  secret: z.optional(signingSecret),
  concurrency: z._default(numberWithin(1, 64, ' requests at once', 'whole'), 1),
  timeout_ms: z._default(numberWithin(100, 120_000, ' milliseconds', 'whole'), HTTP_TIMEOUT_MS),
});
const destination = z.discriminatedUnion('type', [slack, terminal, http]);

const glob = filled.check(
  z.refine((value) => value !== '!' && value.length <= GLOB_LIMIT, {
    error: `must be a pattern of at most ${GLOB_LIMIT} characters.`,
  }),
);
const repoGlob = glob.check(
  z.refine((value) => value.includes('/') || value.includes('**'), {
    error: 'is compared with "owner/name": write acme/api, acme/* or */api.',
  }),
);

const labels = z.pipe(
  z.transform((value: unknown) => (typeof value === 'string' || Array.isArray(value) ? { any: value } : value)),
  z.strictObject({
    any: z.optional(filledListOf(filled)),
    all: z.optional(filledListOf(filled)),
    none: z.optional(filledListOf(filled)),
  }),
);

const onFilter = z.strictObject({
  types: z.optional(filledListOf(filled)),
  branches: z.optional(filledListOf(glob)),
  labels: z.optional(labels),
});

/** The shapes that GitHub Actions knows, as event → filter: `push`, `[push, star]`, `{ push: , issues: [opened] }`. */
export function eventsOf(on: unknown): unknown {
  if (typeof on === 'string') return { [on]: {} };
  if (Array.isArray(on)) return on.every(isText) ? Object.fromEntries(on.map((type) => [type, {}])) : on;
  if (typeof on !== 'object' || on === null) return on;
  return Object.fromEntries(Object.entries(on).map(([type, filter]) => [type, filterOf(filter)]));
}

function filterOf(filter: unknown): unknown {
  if (filter === null || filter === true) return {};
  return typeof filter === 'string' || Array.isArray(filter) ? { types: filter } : filter;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

const rule = z
  .strictObject({
    name: z.optional(filled),
    on: z.pipe(
      z.transform(eventsOf),
      z
        .record(z.string(), onFilter)
        .check(
          z.refine((events) => Object.keys(events).length > 0, { error: 'names no event: nothing would ever match.' }),
        ),
    ),
    repos: z.optional(filledListOf(repoGlob)),
    ignore: z._default(listOf(z.enum(IGNORABLE)), []),
    to: z.optional(listOf(z.string())),
    stop: z._default(z.boolean(), false),
  })
  .check(
    z.refine((given) => given.to === undefined || given.to.length > 0 || given.stop, {
      path: ['to'],
      error:
        'is empty, so the rule does nothing. Leave it out for every destination, name one, or add `stop: true` to keep later rules from being asked.',
    }),
  );

function nonEmpty(what: string) {
  return z.refine<object>((value) => Object.keys(value).length > 0, {
    error: `is empty: leave it out for ${what}, or fill it.`,
  });
}

export const DEFAULTS_FOR = {
  sources: 'the one source `github`',
  destinations: 'the default one',
  rules: 'the default rules',
} as const;

export const FILE_SCHEMA = z.strictObject({
  sources: z.optional(z.record(z.string(), sourceOrEmpty).check(nonEmpty(DEFAULTS_FOR.sources))),
  destinations: z.optional(z.record(z.string(), destination).check(nonEmpty(DEFAULTS_FOR.destinations))),
  rules: z.optional(z.array(rule).check(nonEmpty(DEFAULTS_FOR.rules))),
});

export type FileData = z.infer<typeof FILE_SCHEMA>;
export type SourceData = NonNullable<FileData['sources']>[string];
export type RuleData = NonNullable<FileData['rules']>[number];
export type DestinationData = NonNullable<FileData['destinations']>[string];

export const DESTINATION_TYPES = ['slack', 'console', 'http'] as const;

const KEYS = {
  slack: Object.keys(slack.shape),
  console: Object.keys(terminal.shape),
  http: Object.keys(http.shape),
};

/** The keys known at a place in the file, for suggestions. `type` is the destination's. */
export function knownKeys(path: readonly (string | number)[], type: unknown): readonly string[] {
  const [section] = path;
  if (section === undefined) return Object.keys(FILE_SCHEMA.shape);
  if (section === 'sources') return Object.keys(source.shape);
  if (section === 'destinations') return KEYS[DESTINATION_TYPES.find((known) => known === type) ?? 'console'];
  if (path.includes('labels')) return ['any', 'all', 'none'];
  return Object.keys(path.includes('on') ? onFilter.shape : rule.shape);
}
