/**
 * An absolute http(s) URL of at most `max` characters that holds nothing a link or a terminal could trip over. Null when
 * there is none to trust: `https://github.com@evil.example` shows one host and opens another.
 */
export function honestUrl(url: string | null, max: number): string | null {
  if (url === null || url.length > max || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  const isHonest =
    /^https?:$/.test(parsed.protocol) &&
    // `https://good.test&x;` is a host to URL, and something else to whoever reads on.
    /^(?:[\w.-]+|\[[\da-f:.]+\])$/.test(parsed.hostname) &&
    parsed.username === '' &&
    parsed.password === '';
  return isHonest ? parsed.href.replace(/[|`<>\s]/g, (character) => encodeURIComponent(character)) : null;
}

/** Endings that are no top-level domain, and README.md, whose country sells it: `Update package.json` names no host. */
const FILE =
  /^[\p{L}\p{N}_-]+\.(?:cfg|conf|cpp|css|csv|env|go|gradle|html|ini|java|js|json|jsx|kt|lock|log|lua|mjs|php|png|rb|scss|sql|svg|swift|toml|ts|tsx|txt|vue|xml|ya?ml)$|^(?:changelog|contributing|license|readme|security)\.md$/u;

/**
 * Whether a link to `url` that shows `text` names another host than it opens. `https://host/readme.md` names one host only.
 * Quadratic in `text`: a label of a few hundred characters.
 */
export function isDisguised(url: string, text: string): boolean {
  const host = bare(new URL(url).hostname);
  const named = [...text.matchAll(/(?:[\p{L}\p{N}_-]+\.)+\p{L}{2,24}/gu)]
    .map(([name]) => bare(name))
    .filter((name) => !FILE.test(name));
  // Hosts may be named after a path has ended, never before.
  return text.includes('://') ? named[0] !== host : named.some((name) => name !== host);
}

export function hostOf(url: string): string {
  return new URL(url).hostname;
}

function bare(name: string): string {
  return name.toLowerCase().replace(/^www\./, '');
}
