import type { Written } from '../../model/plugin/plugin.ts';
import { placeOf } from './place.ts';
import { DEFAULT_HEADER } from './settings.ts';
import { type Placeholder, signs, unknownIn } from './template.ts';

/** What does not go together, told at the key where it is put right: a sentence about the key, else what is said of its value. */
export interface Fault {
  readonly key: string;
  readonly problem: string;
  readonly part?: 'key' | 'value';
}

/** A sentence. */
export function faultWords({ key, problem, part }: Fault): string {
  return part === 'key' ? problem : `${key} ${problem}`;
}

const OF_HMAC = [
  'hash',
  'encoding',
  'separator',
  'secret_encoding',
  'signed',
  'timestamp',
  'timestamp_unit',
  'tolerance_seconds',
] as const;

/** Headers that hold what nobody else is to see: they are neither ids nor types. */
const CREDENTIAL = /^(?:authorization|cookie|proxy-authorization)$|signature|token|secret|api-?key|password|hmac/i;

/** Of values as they are written: what has another shape is the schema's to tell. */
export function faultsOf(given: Written): readonly Fault[] {
  const scheme = textIn(given, 'scheme') ?? 'hmac';
  const faults = scheme === 'hmac' ? ofHmac(given) : ofOthers(given, scheme);
  return [...ofWords(given), ...faults, ...ofNames(given, scheme)];
}

/** `template` words messages, as in every source. */
function ofWords(given: Written): readonly Fault[] {
  const template = textIn(given, 'template') ?? '';
  if (template.includes('{{') || !signs(template, 'body')) return [];
  return [{ key: 'template', problem: `words messages: what the sender signs is written signed: "${template}".` }];
}

function ofOthers(given: Written, scheme: string): readonly Fault[] {
  const extra = scheme === 'token' ? OF_HMAC : [...OF_HMAC, 'header', 'prefix'];
  return extra
    .filter((key) => given[key] !== undefined)
    .filter((key) => !(key === 'header' && textIn(given, key)?.toLowerCase() === 'authorization'))
    .map((key) => ({ key, part: 'key' as const, problem: whyNot(key, scheme) }));
}

function whyNot(key: string, scheme: string): string {
  if (key === 'header')
    return `header: ${scheme} is sent in Authorization. Leave it out; for a token in another header, write scheme: token.`;
  if (key === 'prefix') return `prefix: ${scheme} has its own word before it. Leave it out, or write scheme: token.`;
  const why = `${key} is about signatures, and scheme: ${scheme} has none`;
  return key.startsWith('t')
    ? `${why}: a time that nobody signs protects from nothing. Leave it out.`
    : `${why}: leave it out, or write scheme: hmac.`;
}

function ofHmac(given: Written): readonly Fault[] {
  const template = textIn(given, 'signed') ?? '{body}';
  const timestamp = textIn(given, 'timestamp');
  const faults: Fault[] = [];
  const unknown = unknownIn(template);
  if (unknown !== undefined)
    faults.push({
      key: 'signed',
      problem: `has ${unknown}, which nobody fills in: there are {body}, {timestamp}, {id}, {url} and {method}.`,
    });
  if (!signs(template, 'body'))
    faults.push({
      key: 'signed',
      problem:
        'has no {body}: what is not signed could be anything. Write it where the sender has it, as in {timestamp}.{body}.',
    });
  const [prefix, separator] = [textIn(given, 'prefix'), given['separator']];
  if (typeof separator === 'string' && separator !== '' && prefix?.includes(separator))
    faults.push({
      key: 'separator',
      problem: 'is part of prefix, which it would cut in two: look up what the sender writes between signatures.',
    });
  faults.push(...ofPart(given, template, 'timestamp'), ...ofPart(given, template, 'id'));
  if (timestamp !== undefined && isHeader(timestamp) && !signs(template, 'timestamp'))
    faults.push({
      key: 'timestamp',
      problem: `is a header that is not signed, and so protects from nothing: put {timestamp} into signed as the sender does, or leave it out. A field of the body is written $.${timestamp}.`,
    });
  for (const key of ['timestamp_unit', 'tolerance_seconds'])
    if (given[key] !== undefined && timestamp === undefined)
      faults.push({
        key,
        part: 'key',
        problem: `${key} needs to know where the time is: add timestamp, a header or a path such as $.sent_at.`,
      });
  return faults;
}

/** What is signed beside the body has to be found without reading the body. */
function ofPart(given: Written, template: string, key: Placeholder & ('id' | 'timestamp')): readonly Fault[] {
  if (!signs(template, key)) return [];
  const place = textIn(given, key);
  if (place === undefined)
    return [
      {
        key: 'signed',
        problem: `has {${key}}, but nobody says where it is: add ${key}: and the name of its header.`,
      },
    ];
  if (isHeader(place)) return [];
  return [
    {
      key: 'signed',
      problem: `has {${key}}, which is in the body already: take it out of signed, or give ${key} a header.`,
    },
  ];
}

function ofNames(given: Written, scheme: string): readonly Fault[] {
  const own = ownHeader(given, scheme);
  return (['id', 'event', 'timestamp'] as const).flatMap((key) => {
    const text = textIn(given, key);
    const place = text === undefined ? null : placeOf(text);
    if (place?.kind !== 'header') return [];
    if (place.name !== own && !CREDENTIAL.test(place.name)) return [];
    return [
      {
        key,
        problem: 'is a header that proves who sends: it is kept nowhere. Name another one, or a path such as $.id.',
      },
    ];
  });
}

/** Lower case. */
export function ownHeader(given: Written, scheme: string): string {
  if (scheme !== 'hmac' && scheme !== 'token') return 'authorization';
  return (textIn(given, 'header') ?? DEFAULT_HEADER[scheme]).toLowerCase();
}

function isHeader(text: string): boolean {
  return placeOf(text)?.kind === 'header';
}

function textIn(given: Written, key: string): string | undefined {
  const value = given[key];
  return typeof value === 'string' ? value.trim() : undefined;
}
