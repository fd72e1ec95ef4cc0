/**
 * An absolute http(s) URL of at most `max` characters that holds nothing a link or a terminal could trip over. Null when
 * there is none to trust: `https://github.com@evil.example` shows one host and opens another.
 */
export function honestUrl(url: string | null, max: number): string | null {
  if (url === null || url.length > max || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  const isHonest = /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === '';
  return isHonest ? parsed.href.replace(/[|`<>\s]/g, (character) => encodeURIComponent(character)) : null;
}
