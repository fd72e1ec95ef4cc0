import { textOrNull } from '../../../shared/payload.ts';
import { nameAt } from './event.ts';

/** Who wrote a commit: an account, else the name in front of the address, `Mona Lisa <mona@example.com>`. */
export function writerOf(author: unknown): string | null {
  const raw = textOrNull(author, 'raw')?.slice(0, 300).split('<', 1)[0]?.trim();
  return nameAt(author, 'user') ?? (raw || null);
}
