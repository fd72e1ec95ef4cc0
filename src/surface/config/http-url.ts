/** Without credentials: fetch refuses addresses that hold some. */
export function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return (url?.protocol === 'https:' || url?.protocol === 'http:') && url.username === '' && url.password === '';
}
