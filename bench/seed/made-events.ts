import { randomFillSync } from 'node:crypto';
import type { NewEvent } from '../../src/model/event.ts';
import { sample } from '../../src/sources/github/samples/sample.ts';

/** What a busy organisation sends, of 18 events so many: full bodies of about 13 kB on average. */
const SHARES: Readonly<Record<string, number>> = {
  push: 4,
  'workflow_run.completed': 4,
  'issue_comment.created': 3,
  'issues.labeled': 3,
  'issues.opened': 2,
  'pull_request.opened': 1,
  'star.created': 1,
};
const KINDS = Object.entries(SHARES).flatMap(([kind, share]) => Array.from({ length: share }, () => kind));

const REPOS = 400;

export type GuidVersion = 'v1' | 'v4';

export interface MadeOptions {
  /** `short`: some 2 kB in the shape of a payload, which take about the disk of full ones for a fifth of the work to store them. */
  readonly bodies: 'full' | 'short';
  /** GitHub's are of version 1; 4 has no time in it. */
  readonly guids: GuidVersion;
}

export const kindOf = (n: number): string => KINDS[(n * 7) % KINDS.length] ?? 'push';

/** A few repositories have most of the events. */
export const repoOf = (n: number): string =>
  `acme/svc-${String(((mixed(n) % REPOS) * (mixed(n + 1) % REPOS)) % REPOS).padStart(3, '0')}`;

/** The nth event, made in microseconds: its body is a template's with other ids and texts, and like no other. */
export function eventMaker({ bodies, guids }: MadeOptions): (n: number, receivedAt: number) => NewEvent {
  const templates = new Map(Object.keys(SHARES).map((kind) => [kind, templateOf(kind, bodies)]));
  const guidOf = guids === 'v1' ? guidV1 : guidV4;
  return (n, receivedAt) => {
    const kind = kindOf(n);
    const type = kind.split('.')[0] ?? kind;
    const guid = guidOf(n, receivedAt);
    const template = templates.get(kind);
    if (template === undefined) throw new Error(`no template of ${kind}`);
    return {
      source: 'github',
      deliveryId: `4711:${guid}`,
      guid,
      type,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/044aadd',
        'x-github-event': type,
        'x-github-delivery': guid,
        'x-github-hook-id': '4711',
      },
      body: bodyOf(template, n),
      receivedAt,
      secretNo: 1,
      origin: 'webhook',
    };
  };
}

interface Template {
  readonly bytes: Buffer;
  /** Where runs of digits begin that differ from body to body, behind their first. */
  readonly digits: readonly number[];
  /** Where the text of each body's own stands. */
  readonly textAt: number;
}

/** Bytes of it. */
const LEAST = 800;
const MOST = 2_400;

const HOLE = '@'.repeat(16);

function templateOf(kind: string, bodies: MadeOptions['bodies']): Template {
  const made = sample(kind, { n: 4_000_000, now: Date.UTC(2026, 0, 1) });
  if (made === undefined) throw new Error(`no sample called ${kind}`);
  const { payload } = made;
  const kept = bodies === 'full' ? payload : shortened(payload);
  const json = JSON.stringify({ ...kept, bench: HOLE });
  const digits = [...json.matchAll(/(?<![\dA-Za-z])[1-9]\d{5,}/g)].map(({ index }) => index + 1);
  return { bytes: Buffer.from(json), digits, textAt: json.indexOf(HOLE) };
}

/** What a normaliser reads first; some 600 bytes. */
function shortened(payload: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(payload)) {
    if (typeof value !== 'object' || value === null) kept[key] = value;
    else
      kept[key] = Object.fromEntries(
        Object.entries(value).filter(([name]) => /^(id|number|title|login|full_name|conclusion|name)$/.test(name)),
      );
  }
  return kept;
}

/** Words in an order without end, sliced anew for each body: prose to a compressor, a copy to us. */
const PROSE = proseOf(2 * 1024 * 1024);

function proseOf(length: number): Buffer {
  const words =
    'the a of to retry upload when request fails after timeout we should log error once per user because cache is stale in production while tests pass locally and fix adds guard for empty response from api server see thread review again'.split(
      ' ',
    );
  const prose = Buffer.alloc(length, ' ');
  for (let at = 0, n = 1; at < length - 16; n++)
    at += prose.write(words[mixed(n) % words.length] ?? 'a', at, 'latin1') + 1;
  return prose;
}

function bodyOf({ bytes, digits, textAt }: Template, n: number): Buffer {
  const chance = mixed(n);
  const length = LEAST + (chance % (MOST - LEAST));
  const body = Buffer.allocUnsafe(bytes.length - HOLE.length + length);
  bytes.copy(body, 0, 0, textAt);
  let state = chance;
  for (const at of digits) {
    state = mixed(state + at);
    for (let digit = 0, rest = state; digit < 5; digit++, rest = (rest / 10) | 0) body[at + digit] = 48 + (rest % 10);
  }
  const from = mixed(n ^ 0x5bd1e995) % (PROSE.length - MOST);
  PROSE.copy(body, textAt, from, from + length);
  bytes.copy(body, textAt + length, textAt + HOLE.length);
  // Slices may be equal by chance; the number of the event is not.
  body.write(String(n).padStart(12, '0'), textAt, 'latin1');
  return body;
}

/** 31 bits that look like chance, the same for the same n. */
export function mixed(n: number): number {
  let x = Math.imul(n ^ (n >>> 16), 0x45d9f3b) ^ 0x9e3779b9;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return (x ^ (x >>> 15)) >>> 1;
}

/** 100 ns since 1582-10-15, as version 1 counts. */
const GREGORIAN = 122_192_928_000_000_000n;

function guidV1(n: number, receivedAt: number): string {
  const time = (BigInt(receivedAt) * 10_000n + BigInt(n % 10_000) + GREGORIAN).toString(16).padStart(15, '0');
  const clock = (0x8000 | (mixed(n) & 0x3fff)).toString(16);
  return `${time.slice(7)}-${time.slice(3, 7)}-1${time.slice(0, 3)}-${clock}-${hex(n).padStart(12, '0')}`;
}

const random = Buffer.alloc(16 * 1024);
let drawn = random.length;

function guidV4(): string {
  if (drawn === random.length) {
    randomFillSync(random);
    drawn = 0;
  }
  const text = random.toString('hex', drawn, (drawn += 16));
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20)}`;
}

const hex = (n: number): string => n.toString(16);
