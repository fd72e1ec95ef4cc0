import { linkOrNull, type Payload, read, textOrNull } from '../../../../../shared/payload.ts';
import type { Commit } from '../../../../../telling/hosting/commits.ts';
import { segment } from '../../../../../telling/hosting/ref.ts';
import { enumerated } from '../../../../../text/words.ts';
import { repositoryPage } from '../../common.ts';
import { authorName, coAuthors } from '../commit.ts';

/** Who wrote it: its author where that is not the pusher, and those they wrote it with. */
export function commitOf(payload: Payload, commit: unknown): Commit {
  const sha = textOrNull(commit, 'id');
  const message = textOrNull(commit, 'message');
  const name = authorName(read(commit, 'author'));
  const others = enumerated(coAuthors(message).filter((other) => other !== name));
  return {
    sha,
    url: linkOrNull(commit, 'url') ?? (sha === null ? null : repositoryPage(payload, `/commit/${segment(sha)}`)),
    message,
    author: name === null || isPusher(payload, commit, name) ? null : name,
    others: others && `with ${others}`,
  };
}

/** By their login, and by the address that they push and commit with: not every address belongs to an account. */
function isPusher(payload: Payload, commit: unknown, name: string): boolean {
  const login = textOrNull(payload, 'sender.login');
  const email = textOrNull(payload, 'pusher.email');
  return (
    name.toLowerCase() === login?.toLowerCase() || (email !== null && email === textOrNull(commit, 'author.email'))
  );
}
