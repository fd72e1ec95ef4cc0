import { didYouMean } from '../../../config/check/did-you-mean.ts';
import type { Config } from '../../../config/config.ts';
import type { Audited } from '../../../model/inbox/audits.ts';
import type { OpenedArchive } from '../../../run/database.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import type { Context } from '../../context.ts';

/** @throws CliError, exit code 3 */
export function mustBeDestination(name: string, { destinations }: Pick<Config, 'destinations'>): void {
  const names = destinations.map((each) => each.name);
  if (names.includes(name)) return;
  throw new CliError(EXIT.notFound, `No destination is named "${name}".${didYouMean(name, names)}`);
}

/** Whoever types here, as a lane and the audit list name them: `mona, command line on build-1`. */
export async function asker(): Promise<{ readonly who: string; readonly from: string; readonly by: string }> {
  const { localAsker } = await import('../../../run/desk/open-desk.ts');
  const { who, from } = localAsker();
  return { who, from, by: `${who}, ${from}` };
}

/** One line of the audit list: who did it is whoever types here. */
export async function audit(
  { clock }: Pick<Context, 'clock'>,
  archive: Pick<OpenedArchive, 'noteAudited'>,
  done: Pick<Audited, 'what' | 'about' | 'outcome'>,
): Promise<void> {
  const { who, from } = await asker();
  await archive.noteAudited({ at: clock.now(), who, from, ...done });
}
