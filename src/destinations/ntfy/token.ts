/** https://docs.ntfy.sh/publish/#access-tokens */
export function tokenProblem(text: string): string | undefined {
  if (/^tk_[A-Za-z0-9]+$/.test(text)) return undefined;
  return 'is no access token, which begins with tk_: ntfy → Account → Access tokens → Create, or `ntfy token add USER`.';
}
