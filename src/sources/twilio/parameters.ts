import { createHash } from 'node:crypto';
import { isObject, type Payload, parseObject } from '../../shared/payload.ts';

/**
 * What Twilio appends to the URL before it signs: each parameter of a form, decoded, by name; of a repeated one each value once,
 * sorted. https://www.twilio.com/docs/usage/security#validating-requests
 */
export function signedParameters(form: string): string {
  const all = new Map<string, Set<string>>();
  for (const [name, value] of new URLSearchParams(form)) {
    const values = all.get(name);
    if (values === undefined) all.set(name, new Set([value]));
    else values.add(value);
  }
  return [...all.keys()]
    .toSorted()
    .flatMap((name) => [...(all.get(name) ?? [])].toSorted().map((value) => name + value))
    .join('');
}

/** Twilio sends some dozens. Half a million, in one body, would cost a stranger nothing and us seconds. */
const MOST = 1_000;

/** Asked before anything is verified: so many parameters no request of Twilio's has. */
export function isCrowded(form: Buffer): boolean {
  let count = 0;
  for (let at = form.indexOf('&'); at >= 0; at = form.indexOf('&', at + 1)) {
    count += 1;
    if (count >= MOST) return true;
  }
  return false;
}

export function isJson(sent: Buffer): boolean {
  return /^\s*[{[]/.test(sent.toString('utf8', 0, 200).replace(/^\ufeff/, ''));
}

/**
 * What a request says: the parameters of a form, or JSON. Of a list of events, which Event Streams sends, the first, with how many
 * follow it as `more`. @throws PayloadError with path `body`
 */
export function parametersOf(sent: Buffer): Payload {
  const text = sent.toString('utf8').replace(/^\ufeff/, '');
  if (!isJson(sent)) return firstValues(text);
  if (!/^\s*\[/.test(text)) return parseObject(text);
  const events = parseObject(`{"events":${text}}`)['events'];
  const [first, ...more] = Array.isArray(events) ? events.filter(isObject) : [];
  return { ...first, more: more.length };
}

function firstValues(form: string): Payload {
  const found: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(form)) found[name] ??= value;
  return { ...found };
}

/** Of what was signed: equal for what differs in its spelling alone. */
export function digestOf(sent: Buffer): string {
  const content = isJson(sent) ? sent : signedParameters(sent.toString('utf8'));
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}
