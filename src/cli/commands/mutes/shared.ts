import { didYouMean } from '../../../config/check/did-you-mean.ts';
import type { Config } from '../../../config/config.ts';
import type { Desk } from '../../../model/desk.ts';
import { whomOf } from '../../../model/inbox/mutes.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import { oneLine } from '../../table.ts';

/** What no event calls its thread. */
const LONGEST = 500;

/** `acme/api#12`, of a link or as it was typed. @throws CliError, exit code 3: nothing is known of the page */
export async function threadOf(text: string, desk: Pick<Desk, 'threadOf'>): Promise<string> {
  const given = text.trim();
  if (!/^https?:\/\//i.test(given)) {
    if (given !== '' && given.length <= LONGEST) return given;
    throw new CliError(
      EXIT.usage,
      'A thread is written as `explain` calls it, such as acme/api#12; or give the link of its page.',
    );
  }
  const thread = await desk.threadOf(given);
  if (thread !== null) return thread;
  throw new CliError(
    EXIT.notFound,
    'No stored event is about that page. Write its thread instead, such as acme/api#12: what comes of it later counts, too.',
  );
}

/** A destination that is configured, or anybody's login. @throws CliError, exit code 2 */
export function whomFor(text: string, { destinations }: Pick<Config, 'destinations'>): string {
  const names = destinations.map(({ name }) => name);
  if (names.includes(text)) return text;
  if (/^@\S{1,100}$/u.test(text)) return whomOf(text);
  throw new CliError(
    EXIT.usage,
    `--for "${oneLine(text)}" is neither a destination nor a person, such as @mona.${didYouMean(text, names)}`,
  );
}
