import { type activityBody, BODY_VERSION } from '../src/destinations/activity-body.ts';
import { TONES } from '../src/model/activity.ts';
import { FACETS, type Facet } from '../src/model/facets.ts';
import { AUDIENCES } from '../src/model/notification.ts';
import { TRANSITIONS } from '../src/model/scales.ts';

// docs/http-body.schema.json: what an HTTP destination posts. The compiler finds a field that is not described here, and a
// test every body that is not as described.

type Json = Readonly<Record<string, unknown>>;
type Body = ReturnType<typeof activityBody>;

export function httpBodySchema(): Json {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'What a Tidings HTTP destination posts',
    description:
      'Fields may be added without a new version: ignore what you do not know. A field that is here stays, and means what it means.',
    ...object(BODY),
  };
}

const TEXT = { type: 'string' };
const TEXTS = { type: 'array', items: TEXT };
const FLAG = { type: 'boolean' };
const NUMBER = { type: 'number' };
const COUNTED = { anyOf: [TEXT, { type: 'array', items: TEXT, minItems: 2, maxItems: 2 }] };
const BY_TRANSITION = { type: 'object', additionalProperties: TEXT };

/** A facet's value, by how rules ask for it. */
const BY_KIND: Readonly<Record<Facet['kind'], Json>> = {
  word: orNull(TEXT),
  code: orNull(TEXT),
  ref: orNull(TEXT),
  login: orNull(TEXT),
  logins: TEXTS,
  team: orNull(TEXT),
  paths: orNull(TEXTS),
  names: TEXTS,
  labels: TEXTS,
  list: TEXTS,
  flag: FLAG,
  number: orNull({ type: 'integer' }),
  amount: orNull(NUMBER),
};

const DATA = {
  kind: about('`<type>.<action>`, such as `pull_request.merged`.', TEXT),
  type: about("The provider's event.", TEXT),
  action: about('Null where the event has none.', orNull(TEXT)),
  source: about('The name of the source in tidings.yaml.', TEXT),
  headline: about('What happened in a few words: `Pull request merged`.', TEXT),
  sentence: about(
    'The whole line, as `template` in tidings.yaml words it. Null: no template did; `did`, `became` or `headline` say it.',
    orNull(TEXT),
  ),
  did: about('What the actor did: `merged {it}`, with {it} for the subject and {repo} for the place.', orNull(TEXT)),
  became: about(
    'What became of the subject where nobody did it: `failed on main`, behind its handle, else its title.',
    orNull(TEXT),
  ),
  tone: { enum: [...TONES] },
  isMinor: about('It is posted only where a rule names its action.', FLAG),
  actor: about('Who did it.', orNull(object({ login: TEXT, url: orNull(TEXT), avatarUrl: orNull(TEXT), isBot: FLAG }))),
  repo: about(
    'Where: a repository, or whatever its provider keeps things in.',
    orNull(object({ fullName: TEXT, url: orNull(TEXT) })),
  ),
  org: about('The organisation or account, also where there is no repository.', orNull(TEXT)),
  subject: about(
    'What it is about. `handle` is what people call it: `#12`.',
    orNull(object({ noun: TEXT, handle: orNull(TEXT), title: TEXT, url: TEXT })),
  ),
  excerpt: about(
    'What was written, in Markdown, at most 3,000 characters: without what is folded away, and in a comment without what it answers to.',
    orNull(TEXT),
  ),
  isSpoken: about('The excerpt is what the actor says with this event: a comment.', FLAG),
  facts: about('Short texts, as in `main ← retry-uploads`.', TEXTS),
  sum: about(
    'How several are counted: `3 reviews: 1 approved, 2 comments`. A pair is the word for one and for several.',
    orNull(object({ noun: COUNTED, part: orNull(COUNTED), alone: orNull(COUNTED) })),
  ),
  ...facets(),
  thread: about('Equal for all that concerns one issue or pull request.', orNull(TEXT)),
  result: about(
    'Of what runs again and again: `key` is what ran, `run` which time.',
    orNull(object({ key: TEXT, run: TEXT, passed: FLAG, headlines: BY_TRANSITION }, { becomes: BY_TRANSITION })),
  ),
  transition: about('How the result compares with the last one.', orNull({ enum: [...TRANSITIONS] })),
  occurredAt: about("Milliseconds since 1970, by the provider's clock.", orNull(NUMBER)),
  dedupKey: about('Equal for two events that tell the same thing.', TEXT),
  echoKey: about('Equal for one happening, by webhook or by poll.', orNull(TEXT)),
  burstKey: about(
    'Equal for events that are told as one message where they follow each other within a minute.',
    orNull(TEXT),
  ),
  mentions: about('Whom the rule calls: the login or team, with its id for each type of destination; or everybody.', {
    type: 'array',
    items: {
      type: 'object',
      required: ['name'],
      properties: { name: TEXT, audience: about('Everybody is meant.', { enum: [...AUDIENCES] }) },
      additionalProperties: TEXT,
    },
  }),
  eventId: about('What `npx tidings explain` is given.', { type: 'integer' }),
  rule: about('The first rule that asked for it.', TEXT),
  isReplay: about('Somebody asked for it again.', FLAG),
} satisfies Record<keyof Body['data'], Json>;

const BODY = {
  version: about('Another number: fields are missing, or mean something else.', { const: BODY_VERSION }),
  type: about('As `data.kind`.', TEXT),
  timestamp: about('When it happened, else when it came in.', { type: 'string', format: 'date-time' }),
  data: object(DATA),
} satisfies Record<keyof Body, Json>;

function facets() {
  const said = Object.entries<Facet>(FACETS).filter(([, { isSaid }]) => isSaid);
  return Object.fromEntries(said.map(([name, row]) => [name, about(row.field ?? '', valueOf(row))])) as Record<
    Exclude<keyof typeof FACETS, 'transition' | 'authorTeam'>,
    Json
  >;
}

function valueOf(row: Facet): Json {
  const words = row.filter === null ? null : row.words;
  return words === null ? BY_KIND[row.kind] : orNull({ enum: [...words] });
}

function object(properties: Readonly<Record<string, Json>>, optional: Readonly<Record<string, Json>> = {}): Json {
  return { type: 'object', required: Object.keys(properties), properties: { ...properties, ...optional } };
}

function orNull(schema: Json): Json {
  return { anyOf: [schema, { type: 'null' }] };
}

function about(description: string, schema: Json): Json {
  return { description, ...schema };
}
