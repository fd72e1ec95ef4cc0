import { createHash } from 'node:crypto';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { readBounded } from '../../../config/read/bounded-file.ts';
import { fileTrouble } from '../../../config/read/file-trouble.ts';
import { hasCode } from '../../../shared/files/has-code.ts';

/** The file of settings as it is on the disk now. */
export interface RulesFile {
  /** Where its bytes are: a link is followed. */
  readonly target: string;
  readonly text: string;
  /** SHA-256 of its bytes, lower-case hex. */
  readonly etag: string;
  /** ms since 1970 */
  readonly changedAt: number;
  readonly mode: number;
  readonly owner: { readonly uid: number; readonly gid: number };
  /** How it is written down, so that what replaces it differs in nothing else. */
  readonly style: Style;
}

interface Style {
  readonly hasBom: boolean;
  /** Each of its lines ends with CR LF. */
  readonly hasCrlf: boolean;
}

/** In the place of an ETag: there must be no file yet. */
export const NO_FILE = 'none';

/** Null: there is none. @throws Error whose message says why it cannot be read */
export function readRulesFile(path: string): RulesFile | null {
  try {
    const target = realpathSync(path);
    const bytes = readBounded(target);
    const { mtimeMs, mode, uid, gid } = statSync(target);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const style = {
      hasBom: bytes.subarray(0, BOM.length).equals(BOM),
      hasCrlf: text.includes('\r\n') && !/(?<!\r)\n/.test(text),
    };
    return { target, text, etag: etagOf(bytes), changedAt: Math.round(mtimeMs), mode, owner: { uid, gid }, style };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    const isText = !(error instanceof TypeError);
    throw new Error(isText ? fileTrouble(error, path) : `cannot be read: it is not UTF-8 text (${path})`, {
      cause: error,
    });
  }
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

export function etagOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What a browser's text field made of its lines is undone. */
export function bytesIn(text: string, { hasBom, hasCrlf }: Style): Buffer {
  const lines = hasCrlf ? text.replaceAll(/\r?\n/g, '\r\n') : text;
  return Buffer.concat([hasBom ? BOM : Buffer.alloc(0), Buffer.from(lines, 'utf8')]);
}

/** Why the file at `path` cannot be replaced, in words. Null: it can, as far as is known before. */
export function whyNotWritable(path: string, file: RulesFile | null): string | null {
  const target = file?.target ?? path;
  const folder = dirname(target);
  try {
    if (file !== null) {
      accessSync(target, constants.W_OK);
      if (statSync(target).dev !== statSync(folder).dev) return MOUNTED;
    }
    accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return `It ${fileTrouble(error, hasCode(error, 'ENOENT') ? folder : target, 'written')}.`;
  }
}

/** A new file cannot take its place. */
export const MOUNTED =
  'It is mounted into this container by itself, and can only be replaced where its folder is mounted.';
