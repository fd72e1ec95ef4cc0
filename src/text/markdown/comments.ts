/** HTML comments go, with everything after one that is never closed. Comments in fenced code go too: nobody misses them. */
export function withoutComments(markdown: string): string {
  let kept = '';
  let at = 0;
  for (;;) {
    const open = markdown.indexOf('<!--', at);
    if (open < 0) return kept + markdown.slice(at);
    kept += markdown.slice(at, open);
    const close = markdown.indexOf('-->', open + 4);
    if (close < 0) return kept;
    at = close + 3;
  }
}
