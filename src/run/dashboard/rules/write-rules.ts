import { shownName } from '../../../config/read/read-config-file.ts';
import type { FileText } from '../../../config/trial/file-text.ts';
import type { RulesWritten } from '../../../http/api/answers/rules.ts';
import type { NotWritten } from '../../../http/api/running-system.ts';
import type { SystemParts } from '../system-parts.ts';
import { changedLines } from './changed-lines.ts';
import { replaceFile } from './replace-file.ts';
import { NO_FILE, type RulesFile, readRulesFile, whyNotWritable } from './rules-file.ts';
import type { Trials } from './trials.ts';

/** A change is seen within a second, and read within another. */
const IN_FORCE_WITHIN_MS = 5_000;

interface Tools extends Pick<SystemParts, 'inForce' | 'reloading' | 'surroundings' | 'clock'> {
  readonly trials: Pick<Trials, 'check'>;
  readonly look: (file: RulesFile) => Promise<FileText>;
  /** Of the file, absolute. */
  readonly path: string;
}

/** Whatever is wrong with it, its tests included, keeps a text from being written; and then the file is as it was. */
export async function writeRules(tools: Tools, text: string, etag: string): Promise<RulesWritten | NotWritten> {
  const { trials, reloading, surroundings, path } = tools;
  let file: RulesFile | null;
  try {
    file = readRulesFile(path);
  } catch (error) {
    return { kind: 'refused', message: `It ${error instanceof Error ? error.message : String(error)}.` };
  }
  const not = await refusal(tools, file, etag);
  if (not !== null) return not;
  const checked = await trials.check(text, file && { text: file.text, shown: file.text });
  if (!checked.ok) return { kind: 'wrong', message: 'This text cannot be used, so nothing was written.', ...checked };
  if (checked.hasSecrets) return { kind: 'wrong', message: SECRET_IN_TEXT };
  const next = reloading.next();
  const replaced = await replaceFile(path, text, etag);
  if (replaced.kind === 'changed') return CHANGED;
  if (replaced.kind === 'refused') return replaced;
  const says = `${shownName(path, surroundings.cwd)} is written: ${changedLines(file?.text ?? '', text)}.`;
  return { etag: replaced.etag, says, in_force: await nowInForce(tools, next) };
}

const CHANGED: NotWritten = {
  kind: 'changed',
  message: 'The file changed since you opened it, so nothing was written. Look at both texts, and write again.',
};

const SECRET_IN_TEXT =
  'A secret is written out in this text, so nothing was written. Put it into .env, and write ${NAME} for it.';

async function refusal({ path, look }: Tools, file: RulesFile | null, etag: string): Promise<NotWritten | null> {
  if ((file?.etag ?? NO_FILE) !== etag) return CHANGED;
  const why = whyNotWritable(path, file) ?? (file && whyNotFromHere(file, await look(file)));
  return why === null ? null : { kind: 'refused', message: why };
}

/** What is masked in the text would be lost, and what is no YAML cannot be compared. */
export function whyNotFromHere({ text }: RulesFile, { shown, written }: FileText): string | null {
  if (written === null) return 'It is no YAML now. Mend it in the file itself first.';
  if (shown === text) return null;
  return 'A secret is written out in it, which is masked here and would be lost. Put it into .env, and write ${NAME} for it in the file.';
}

async function nowInForce({ reloading, inForce, clock }: Tools, next: Promise<void>): Promise<string> {
  if (!reloading.reloads) return 'The processes that work take it up within seconds.';
  const late = Promise.withResolvers<'late'>();
  const cancel = clock.after(IN_FORCE_WITHIN_MS, () => late.resolve('late'));
  const came = await Promise.race([next, late.promise]);
  cancel();
  return came === 'late'
    ? 'It will be in force within seconds: Tidings has not looked at it yet.'
    : `In force: ${inForce()}`;
}
