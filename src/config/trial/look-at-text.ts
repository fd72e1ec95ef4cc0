import type { Catalog } from '../../model/plugin/catalog.ts';
import type { Env } from '../read/process-env.ts';
import { configFilePath, shownName } from '../read/read-config-file.ts';
import { mentionedRows } from '../rows/mentioned-rows.ts';
import { plainKeys, rowsOf } from '../rows/rows.ts';
import { type FileText, lookAt } from './file-text.ts';

interface Around {
  readonly catalog: Catalog;
  /** With what `.env` says. */
  readonly env: Env;
  readonly cwd: string;
}

/** A text as if it stood in the file. Loads the rows that it mentions, and zod. */
export async function lookAtText(text: string, { catalog, env, cwd }: Around): Promise<FileText> {
  const rows = await rowsOf(mentionedRows(catalog, env, cwd, text) ?? catalog);
  return lookAt(text, shownName(configFilePath(env, cwd), cwd), plainKeys(rows));
}
