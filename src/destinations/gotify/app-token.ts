/** Tokens of applications begin with A, of clients with C, of plugins with P: https://github.com/gotify/server/blob/master/auth/token.go */
export function appTokenProblem(text: string): string | undefined {
  if (/^A[\w.-]+$/.test(text)) return undefined;
  const what = /^C[\w.-]+$/.test(text)
    ? 'is the token of a client, which cannot post'
    : 'is no token of an application';
  return `${what}: Gotify → Apps → Create Application, and copy its token, which begins with A.`;
}
