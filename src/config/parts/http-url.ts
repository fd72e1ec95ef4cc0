/** Without credentials: fetch refuses addresses that hold some. Blanks and line breaks would be left out in silence. */
export function isHttpUrl(text: string): boolean {
  const url = /[\s\p{Cc}]/u.test(text) ? null : URL.parse(text);
  return (url?.protocol === 'https:' || url?.protocol === 'http:') && url.username === '' && url.password === '';
}
