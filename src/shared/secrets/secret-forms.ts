import { oneForEachHost } from '../urls/several-hosts.ts';
import { isPlaceholder } from './placeholder.ts';
import { MASK } from './secret-shapes.ts';

/** What is shorter, or everybody's, is also an ordinary word: masking it would hide words and protect nothing. */
const LEAST_LENGTH = 8;
/** So long and of letters and digits, a part of an address is a key; `/hooks/github` has none. */
const KEY = /^(?=.*[A-Za-z_-])(?=.*\d)[\w.~-]{12,}$|^[\w.~-]{20,}$/;
const SECRET_PARAMETER = /token|secret|pass|pwd|key|sig|auth|code|credential/i;

/** Whether a part of a path is what opens it. */
export function isKey(part: string): boolean {
  return KEY.test(part);
}

/** Every spelling in which a secret may turn up again → what is shown in its place. */
export function formsOf(secret: string): ReadonlyMap<string, string> {
  const forms = new Map<string, string>();
  for (const [part, shown] of partsOf(secret)) {
    for (const form of spellings(part)) if (form.length >= LEAST_LENGTH && !forms.has(form)) forms.set(form, shown);
  }
  return forms;
}

/** The whole; of an address also what of it is secret by itself; of several lines also each. */
function partsOf(secret: string): readonly (readonly [part: string, shown: string])[] {
  const text = secret.trim();
  const lines = /[\r\n]/.test(text) ? text.split(/[\r\n]+/).map((line) => line.trim()) : [];
  const whole = [secret, text, ...lines];
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? URL.parse(oneForEachHost(text)[0] ?? text) : null;
  if (url === null) return whole.map((part) => [part, MASK] as const);
  const shown = shownUrl(url);
  const { href, pathname, search, username, password } = url;
  const asked = [...url.searchParams].filter(([name, value]) => SECRET_PARAMETER.test(name) || KEY.test(value));
  const keys = [...pathname.split('/').filter(isKey), ...asked.map(([, value]) => value)];
  const path = pathname.split('/').filter((part) => part !== '').length > 1 ? [pathname + search, pathname] : [];
  const login = [password, decoded(password), ...(password === '' ? [username] : [`${username}:${password}`])];
  return [
    ...[...whole, href].map((part) => [part, shown] as const),
    ...[...(keys.length > 0 ? path : []), ...keys, ...login].map((part) => [part, MASK] as const),
  ];
}

/** What may be seen of an address: where it goes. */
function shownUrl({ origin, protocol, host, pathname, search }: URL): string {
  // Schemes that the standard does not know have no origin.
  const start = origin === 'null' ? `${protocol}//${host}` : origin;
  return pathname === '/' && search === '' ? start : `${start}/${MASK}`;
}

function spellings(part: string): readonly string[] {
  if (part.length < LEAST_LENGTH || isPlaceholder(part)) return [];
  const inUrl = encodeURIComponent(part.toWellFormed());
  return [
    part,
    JSON.stringify(part).slice(1, -1),
    part.replaceAll('/', String.raw`\/`),
    part.replaceAll('/', String.raw`\\/`),
    part.replaceAll('&', '&amp;'),
    part.replaceAll('&', String.raw`\u0026`),
    inUrl,
    inUrl.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    encodeURI(part.toWellFormed()),
    new URLSearchParams([['', part]]).toString().slice(1),
    ...inBase64(part),
  ];
}

/** By itself, and within a longer text, where it begins at any of three bits. */
function inBase64(part: string): readonly string[] {
  const bytes = Buffer.from(part);
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    const sure = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [sure, sure.replaceAll('-', '+').replaceAll('_', '/')];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
