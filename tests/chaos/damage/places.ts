import { copyFile, open, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { FILES } from './base.ts';

/** What is done to a file, and where. */
export interface Place {
  readonly kind: 'bit flipped' | 'page zeroed' | 'page lost among others' | 'file cut' | 'log: bit flipped' | 'log cut';
  /** In bytes from the beginning. */
  readonly at: number;
  readonly bit: number;
}

export const PAGE = 4096;

/** Of 20 places. */
const SHARES: readonly (readonly [Place['kind'], number])[] = [
  ['bit flipped', 9],
  ['page zeroed', 4],
  ['page lost among others', 2],
  ['file cut', 2],
  ['log: bit flipped', 2],
  ['log cut', 1],
];

const inLog = (kind: Place['kind']) => kind.startsWith('log');

/** So many places, of each kind its share, anywhere in the files. */
export async function placesIn(folder: string, count: number, random: () => number): Promise<readonly Place[]> {
  const [database, log] = await Promise.all(FILES.map((name) => stat(join(folder, name))));
  const kinds = SHARES.flatMap(([kind, share]) => Array.from({ length: share }, () => kind));
  return Array.from({ length: count }, (_, n) => {
    const kind = kinds[(n * 7) % kinds.length] ?? 'bit flipped';
    const { size } = (inLog(kind) ? log : database) ?? { size: 0 };
    return { kind, at: Math.floor(random() * size), bit: Math.floor(random() * 8) };
  });
}

export async function copyTo(folder: string, target: string): Promise<void> {
  for (const name of FILES) await copyFile(join(folder, name), join(target, name));
}

export async function damage(folder: string, { kind, at, bit }: Place): Promise<void> {
  const path = join(folder, inLog(kind) ? FILES[1] : FILES[0]);
  const page = at - (at % PAGE);
  switch (kind) {
    case 'file cut':
    case 'log cut':
      return truncate(path, at);
    case 'page zeroed':
      return overwrite(path, page, () => Buffer.alloc(PAGE));
    case 'page lost among others':
      // As a disk does that writes to the wrong place.
      return overwrite(path, page, async (file) => (await file.read(Buffer.alloc(PAGE), 0, PAGE, 2 * PAGE)).buffer);
    default:
      return overwrite(path, at, async (file) => {
        const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
        buffer.writeUInt8(buffer.readUInt8(0) ^ (1 << bit), 0);
        return buffer;
      });
  }
}

type File = Awaited<ReturnType<typeof open>>;

async function overwrite(path: string, at: number, make: (file: File) => Buffer | Promise<Buffer>): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(await make(file), 0, undefined, at);
  } finally {
    await file.close();
  }
}
