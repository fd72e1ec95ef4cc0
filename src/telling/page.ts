import { looksSecret } from '../shared/secrets/secret-shapes.ts';
import { honestUrl } from '../text/honest-url.ts';
import { firstText } from './parts.ts';

/** Longer addresses carry more than a place. */
const LONGEST = 500;

/** Where payloads say what a person may open, those first that say it of nothing else. */
const FIELDS = [
  'html_url',
  'web_url',
  'permalink',
  'links.html.href',
  '_links.html.href',
  'htmlUrl',
  'webUrl',
  'dashboard_url',
  'app_url',
  'page_url',
  'url',
  'link',
  'href',
  'target_url',
  'links.self.href',
];

const SECRET_PARAMETER = /token|secret|pass|pwd|key|sig|auth|code|credential|session|hash/i;
/** Addresses of programs: a person who opens one sees JSON, or that they are not allowed to. */
const OF_PROGRAMS = /^(?:api|rest|graphql|hooks?|webhooks?)[.-]|\.api\./i;
const PATH_OF_PROGRAMS = /^\/(?:api|rest|graphql|v\d+(?:\.\d+)?)(?:\/|$)|\/api\/(?:v?\d|rest)|\.(?:json|xml)$/i;

/** A page that a person may open, by the names that such fields have everywhere. Null: there is none that may be shown. */
export function pageIn(object: unknown): string | null {
  return FIELDS.map((field) => page(firstText(object, [field]))).find((url) => url !== null) ?? null;
}

/**
 * The address, where it leads a person to a page: http or https, not an interface for programs, and nothing in it that opens
 * what is not theirs. Null: it must not be shown.
 */
export function page(address: string | null): string | null {
  const url = honestUrl(address, LONGEST);
  const parsed = url === null ? null : URL.parse(url);
  if (url === null || parsed === null) return null;
  const { hostname, pathname, searchParams } = parsed;
  if (OF_PROGRAMS.test(hostname) || PATH_OF_PROGRAMS.test(pathname)) return null;
  const asks = [...searchParams.keys()].some((name) => SECRET_PARAMETER.test(name));
  return asks || looksSecret(url) ? null : url;
}
