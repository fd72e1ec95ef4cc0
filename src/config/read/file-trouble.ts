const IN_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  ENOTDIR: 'part of its path is a file, not a directory',
  EEXIST: 'part of its path is a file, not a directory',
  EACCES: 'the user that runs Tidings may not',
  EPERM: 'the user that runs Tidings may not',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** Why a file cannot be used, in words: `cannot be read: it is a directory (/etc/x)`. */
export function fileTrouble(error: unknown, path: string, verb: 'read' | 'written' = 'read'): string {
  const code = codeOf(error);
  const words = verb === 'written' && code === 'ENOENT' ? 'no directory can be made there' : IN_WORDS[code];
  return `cannot be ${verb}: ${words ?? code} (${path})`;
}

/** Errors without one are in words. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}
