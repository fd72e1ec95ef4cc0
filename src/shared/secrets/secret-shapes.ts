/** How secrets look that nobody told us about: a webhook address in the wrong line, a token in an answer. */
export interface Shape {
  /**
   * Global. Linear: what may be tried again from another start is bounded. No loop is without end either: the platform keeps a way
   * back for each turn, and throws after some 16 million of them. No secret has 5,000 characters.
   */
  readonly pattern: RegExp;
  /** What stands there instead; `$1` is what may be seen: where it goes, never what opens it. */
  readonly shown: string;
}

export const MASK = '[secret]';

/** A `/` as it is, in JSON (`\/`) and in a query (`%2F`). */
const SLASH = String.raw`(?:\\{0,2}\/|%2f)`;
/** The rest of an address. What a document writes for somebody's own, `T…/B…/…`, is none. */
const REST = String.raw`(?:[^\s"'<>|\\…]|\\{1,2}\/){1,5000}(?!…)`;

/** Nothing else lives at these hosts, or below these paths of theirs: whoever knows the address can post. */
const WEBHOOKS = [
  String.raw`hooks\.slack(?:-gov)?\.com${SLASH}(?:services|workflows|triggers|commands|actions|app)`,
  String.raw`hooks\.zapier\.com${SLASH}hooks`,
  String.raw`discord(?:app)?\.com${SLASH}api${SLASH}(?:v\d+${SLASH})?webhooks`,
  String.raw`webhook\.office\.com(?::443)?${SLASH}webhookb2`,
  String.raw`outlook\.office(?:365)?\.com${SLASH}webhook`,
  String.raw`(?:logic\.azure|api\.powerplatform|flow\.microsoft)\.com(?::443)?`,
  String.raw`chat\.googleapis\.com${SLASH}v1${SLASH}spaces`,
  String.raw`maker\.ifttt\.com${SLASH}trigger`,
  String.raw`hook\.(?:[\w-]{1,20}\.){0,2}(?:make|integromat)\.com`,
  String.raw`webhook\.site`,
  String.raw`api\.telegram\.org${SLASH}bot`,
].join('|');

/** `?token=…`, also in HTML, in JSON and within another address. */
const ASKING = String.raw`(?:[?&;]|\\u0026|%3f|%26)`;
const SECRET_NAMES = String.raw`(?:[\w-]{0,40}(?:token|secret|passw(?:or)?d|signature|credential|api[_-]?key)|sig|auth|pwd)`;

/** Tried in this order, on text in which the secrets that are known are masked already. */
export const SHAPES: readonly Shape[] = [
  // A password with a `/` or `#` in it ends at the last `@`: addresses of databases hold no other.
  {
    pattern: /\b((?:postgres(?:ql)?|mysql|rediss?|amqps?|mongodb(?:\+srv)?):\/\/)(?!user:password@)[^\s"'<>]{1,500}@/gi,
    shown: `$1${MASK}@`,
  },
  {
    pattern: /\b([a-z][a-z0-9+.-]{1,20}:(?:\\{0,2}\/){2})(?!user:password@)[^\s"'<>/\\?#]{1,500}@/gi,
    shown: `$1${MASK}@`,
  },
  { pattern: /\b(https?%3a%2f%2f)[^\s"'<>&%]{1,100}(?:%3a[^\s"'<>&]{0,200}?)?(?:%40|@)/gi, shown: `$1${MASK}@` },
  {
    pattern: new RegExp(String.raw`((?:${WEBHOOKS})(?:${SLASH}|(?<=bot)))${REST}`, 'gi'),
    shown: `$1${MASK}`,
  },
  { pattern: /\b[a-z0-9]{8,64}(\.m\.pipedream\.net)/gi, shown: `${MASK}$1` },
  // Mattermost, Rocket.Chat, Gitea: `/hooks/<key>`; an id of digits alone is GitHub's.
  {
    pattern: new RegExp(
      String.raw`(${SLASH}hooks${SLASH})(?=[\w-]{0,200}[a-z_-])[\w-]{8,5000}(?:${SLASH}[\w-]{1,200}){0,20}`,
      'gi',
    ),
    shown: `$1${MASK}`,
  },
  {
    pattern: new RegExp(
      String.raw`(${SLASH}webhooks?${SLASH})(?=[\w-]{0,200}\d)[\w-]{16,5000}(?:${SLASH}[\w-]{1,200}){0,20}`,
      'gi',
    ),
    shown: `$1${MASK}`,
  },
  {
    pattern: new RegExp(String.raw`(${ASKING}${SECRET_NAMES}(?:=|%3d))[^\s"'<>&;#\\]{1,5000}`, 'gi'),
    shown: `$1${MASK}`,
  },
  { pattern: new RegExp(String.raw`(${ASKING}(?:key|code)(?:=|%3d))[^\s"'<>&;#\\]{8,5000}`, 'gi'), shown: `$1${MASK}` },
  { pattern: /\b(password\s?=\s?)(?:'[^']{0,5000}'|[^\s'"&;]{1,5000})/gi, shown: `$1${MASK}` },
  { pattern: /\b(?:gh[opsur]_[A-Za-z0-9]{16,5000}|github_pat_\w{16,5000})/g, shown: MASK },
  { pattern: /\bx(?:ox[a-z]|app|wfp|oxe\.xox[bp])-[\w-]{8,5000}/g, shown: MASK },
  { pattern: /\bwhsec_[A-Za-z0-9+/=]{16,5000}/g, shown: MASK },
  { pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,5000}/g, shown: MASK },
  { pattern: /\b(bot)?\d{6,12}(?::|%3a)[\w-]{30,5000}/gi, shown: `$1${MASK}` },
  { pattern: /\beyJ[\w-]{10,2000}\.[\w-]{10,2000}\.[\w-]{10,5000}/g, shown: MASK },
  { pattern: /\b(Bearer\s{1,200})[\w.~+/=-]{8,5000}/gi, shown: `$1${MASK}` },
  { pattern: /\b(Basic\s{1,200})(?=[A-Za-z0-9+/]{0,200}\d)[A-Za-z0-9+/]{8,5000}={0,2}/gi, shown: `$1${MASK}` },
  { pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^"]{0,20000}/g, shown: MASK },
];

/** What one of them is sure to hold: most text has none of it, and is not looked at by all. */
export const TRACE =
  /:\\{0,2}\/|%3a%2f|\.(?:com|net|org|site)(?:\/|\\|%2f|:)|hooks?(?:\/|\\|%2f)|[?&;]\w{1,100}=|\\u0026|%3f|%26|password\s?=|gh[opsur]_|github_pat_|xox[a-z]-|xapp-|xwfp-|whsec_|[rs]k_(?:live|test)_|\d{6}(?::|%3a)[\w-]|eyJ|bearer\s|basic\s|PRIVATE KEY|pipedream/i;

/** Whether something in it has the shape of a secret: for who leaves such a text out altogether. */
export function looksSecret(text: string): boolean {
  return TRACE.test(text) && SHAPES.some(({ pattern }) => text.search(pattern) >= 0);
}
