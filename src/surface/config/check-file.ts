import type { ConfigFile } from './config-file.ts';
import { crossCheck } from './cross-checks.ts';
import { explainIssue } from './explain-issue.ts';
import { FILE_SCHEMA, type FileData } from './file-schema.ts';

/** What a file says, as far as its shape is right. Both kinds of checks run, whatever the other found. */
export async function checkFile(file: ConfigFile, fallback: string): Promise<FileData> {
  const parsed = FILE_SCHEMA.safeParse(file.data);
  for (const issue of parsed.error?.issues ?? []) explainIssue(issue, file);
  await crossCheck(file, [fallback]);
  return parsed.data ?? {};
}
