import { quoted } from '../../../text/plain.ts';
import { type Doubt, type Doubted, refused, type Unseen, unseen } from '../../looked.ts';
import { impossible } from '../answer.ts';
import type { RedisSettings } from '../settings.ts';
import { placeOf } from '../shapes.ts';
import { openStream } from '../stream.ts';

const TIMEOUT_MS = 10_000;

export type Place = Pick<RedisSettings, 'url' | 'stream'>;

export type Seen = Doubted | Unseen;

/** What is at the key, and whether Redis keeps what it has confirmed. Nothing is added. @throws Error in words */
export async function lookAt({ url, stream }: Place, signal: AbortSignal): Promise<Seen> {
  const place = placeOf(url.reveal());
  const to = openStream({ url: url.reveal(), stream, maxLength: 0, timeoutMs: TIMEOUT_MS });
  try {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const looked = await to.look(AbortSignal.any([signal, timeout]));
    if (looked.kind === 'failed') {
      return unseen(impossible(looked, { place, stream, timeoutMs: timeout.aborted ? TIMEOUT_MS : null }));
    }
    if (looked.type === 'stream' || looked.type === 'none')
      return { ok: true, where: `stream ${stream} at ${place}`, doubts: doubtsOf(looked.info) };
    return refused(`at ${stream} ${place} has a ${quoted(looked.type, 20)}: name another stream`);
  } finally {
    await to.close();
  }
}

function doubtsOf(info: ReadonlyMap<string, string>): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const policy = quoted(info.get('maxmemory_policy') ?? 'noeviction', 30);
  if (policy !== 'noeviction') {
    const problem = `short of memory Redis throws away what it has (${policy}): entries, or that they were told`;
    doubts.push({ problem, fix: 'Type: redis-cli CONFIG SET maxmemory-policy noeviction' });
  }
  if (info.get('aof_enabled') === '0') {
    const problem = 'Redis writes to disk now and then only: what it confirmed since is lost when it is killed';
    doubts.push({ problem, fix: 'Type: redis-cli CONFIG SET appendonly yes, and set it in redis.conf' });
  }
  return doubts;
}
