import { textOrNull } from '../../../../shared/payload.ts';

export { commitLine, mergeOf } from '../../../../telling/hosting/commits.ts';

/** GitHub keeps trailers at the end of a message; more of it is not searched. */
const TRAILERS_READ = 4_000;
const NOREPLY = /^(?:\d{1,12}\+)?([^@\s]{1,60})@users\.noreply\.github\.com$/i;
const CO_AUTHOR = /^co-authored-by:[ \t]{0,9}([^<\n]{0,100})<([^>\n]{0,200})>/gim;

/** Whoever wrote a commit: by their login where GitHub or their address says it, else by the name that git has. */
export function authorName(author: unknown): string | null {
  return (
    textOrNull(author, 'login') ??
    textOrNull(author, 'username') ??
    NOREPLY.exec(textOrNull(author, 'email') ?? '')?.[1] ??
    textOrNull(author, 'name')
  );
}

/** Those that the `Co-authored-by:` trailers name, each once. */
export function coAuthors(message: string | null): readonly string[] {
  const trailers = [...(message ?? '').slice(-TRAILERS_READ).matchAll(CO_AUTHOR)];
  const names = trailers.map(([, name = '', email = '']) => authorName({ email: email.trim(), name: name.trim() }));
  return [...new Set(names.filter((name) => name !== null))];
}
