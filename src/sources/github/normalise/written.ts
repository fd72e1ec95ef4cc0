import { type Payload, textOrNull } from '../../../shared/payload.ts';
import { gist } from '../../../text/bodies/gist.ts';
import { excerpt } from './common.ts';

/** What the body of an issue, a pull request or a release says: a bot's in short, a template's where it was filled in. */
export function written(payload: Payload, at: string): string | null {
  const author = textOrNull(payload, `${at}.user.login`) ?? textOrNull(payload, `${at}.author.login`);
  return excerpt(gist(textOrNull(payload, `${at}.body`), author));
}
