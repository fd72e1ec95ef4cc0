/** A database that cannot be used as it is. The message goes on after its name: `it is another program's`. */
export class UnusableError extends Error {
  override readonly name = 'UnusableError';
  /** What has a code is no bug: see thread-client.ts. */
  readonly code = 'UNUSABLE';
}

/** SQLite's and the file system's words → what it means and what to do. The first that fits. */
const MEANINGS: readonly (readonly [words: RegExp, meaning: string])[] = [
  [
    /not a database/,
    'it is not a database, or its beginning is damaged. Move it away, or restore a backup. Nothing was changed',
  ],
  [/malformed|missing from/, 'it is damaged. Restore a backup, or move it away to begin anew. Nothing was changed'],
  [
    /readonly|unable to open|EACCES|EPERM|EROFS/,
    'this user may not write it. Give the user write access to the file and its folder, or set DATA_DIR to another place',
  ],
  [/ENOTDIR|EEXIST/, 'part of its path is a file. Set DATA_DIR to a folder'],
  [/ENOENT/, 'no folder can be made there. Set DATA_DIR to another place'],
  [/locked|busy/, 'another program keeps it locked. End that program (a database browser, a backup), then try again'],
  [/full|EFBIG|ENOSPC|disk I\/O/, 'the disk is full or broken. Free some space, then try again'],
];

/** Why the database at `path` does not open, as one sentence for people. */
export function openingProblem(path: string, message: string): string {
  const meaning = MEANINGS.find(([words]) => words.test(message))?.[1];
  return `The database ${path} cannot be opened: ${meaning === undefined ? message : `${meaning} (${message})`}.`;
}
