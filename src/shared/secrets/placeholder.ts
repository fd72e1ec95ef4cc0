/** Words that stand where a secret is to come. A value of nothing but these is nobody's secret. */
const WORDS = new Set(
  (
    'add admin and change changed changeit changeme changethis credential default demo dummy enter everybody example ' +
    'fake fill fixme foo foobar bar baz generate github here hex hook in insert invalid is it its key letmein local ' +
    'me my new none null of old openssl pass passw passwd password paste placeholder please postgres postgresql put ' +
    'qwerty rand random real replace replaceme root s sample secret secrets set setme shared slack sample some ' +
    'something super supersecret string t test tester testing that this tidings to todo token topsecret undefined unset ' +
    'use user username value webhook with xxx your yours 32'
  ).split(' '),
);
/** Published as examples by those whose secrets they look like. */
const PUBLISHED = new Set([
  "It's a Secret to Everybody",
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'hunter2',
  'p@ssw0rd',
  'passw0rd',
  'abc123',
  'admin123',
]);
const INSTRUCTION =
  /^(?:your[\s_-]|(?:change|replace|insert|put|enter|paste|fill)[\s_-]?(?:me|this|it|in|with|by|your|here|the|before|later|now|please|and)(?![a-z]))/i;
/** `<secret>`, `{{ token }}`, a variable that nobody filled in, and what documents leave out. */
const BLANK = /^[<{[].*[>}\]]$|\$\{?\w|…|\.{3}/;
const PREFIX = /^(?:gh[opsur]_|github_pat_|xox[a-z]-|xapp-|whsec_|sk-|Bearer\s+)/;

/** Whether it is what a file or a document gives as an example, rather than a secret: everybody knows it. */
export function isPlaceholder(text: string): boolean {
  const value = text.trim();
  if (PUBLISHED.has(value)) return true;
  const url = /^https?:\/\//i.test(value) ? URL.parse(value) : null;
  if (url !== null) return isExampleAddress(url, value);
  const bare = value.replace(PREFIX, '');
  return INSTRUCTION.test(bare) || BLANK.test(bare) || isMonotonous(bare) || isOfWords(bare);
}

/** `https://hooks.slack.com/services/change/me`, `…/T00000000/B00000000/XXXXXXXXXXXX`: its last part says it. */
function isExampleAddress({ hostname, pathname }: URL, text: string): boolean {
  if (/…|\.{3}|[<>]/.test(text)) return true;
  const last = pathname.split('/').findLast((part) => part !== '');
  return /^hooks\.slack(?:-gov)?\.com$/.test(hostname) && last !== undefined && isPlaceholder(last);
}

/** `xxxx`, `0000000`, `12345678`, `AAAA…` in base64. */
function isMonotonous(text: string): boolean {
  return (
    /^(.)\1{2,}=*$/.test(text) ||
    '01234567890123456789'.includes(text.padEnd(3, '#')) ||
    'abcdefghijklmnopqrstuvwxyz'.includes(text.toLowerCase().padEnd(3, '#'))
  );
}

function isOfWords(text: string): boolean {
  const words = text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words.length > 0 && words.every((word) => WORDS.has(word) || WORDS.has(word.replace(/\d{1,4}$/, '')));
}
