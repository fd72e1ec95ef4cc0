const COPY_TOKEN =
  'copy the app-level token, which begins with xapp- (https://api.slack.com/apps → the app → Basic Information → App-Level Tokens).';

/** What is wrong with an app-level token, as a predicate; it is not repeated. https://docs.slack.dev/authentication/tokens */
export function appTokenProblem(text: string): string | undefined {
  if (/^xapp-[\w-]+$/.test(text)) return undefined;
  const isOther = /^(?:xoxe\.)?xox[a-z]-/.test(text);
  return `${isOther ? 'is a token of another kind, which opens no connection' : 'is no app-level token'}: ${COPY_TOKEN}`;
}
