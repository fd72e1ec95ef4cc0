import type { Outcome } from '../../../model/destination.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { newGuid } from '../../../shared/ids.ts';
import { helloBody } from '../../hello-body.ts';
import { outcomeOf } from '../answer.ts';
import { placeOf } from '../shapes.ts';
import { openStream } from '../stream.ts';
import type { Place } from './look.ts';

const TIMEOUT_MS = 10_000;

/** An entry of `kind` hello, added as what follows will be; what is there already stays. */
export async function hello(talk: Talk, { url, stream }: Place): Promise<Outcome> {
  const to = openStream({ url: url.reveal(), stream, maxLength: 0, timeoutMs: TIMEOUT_MS });
  try {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const body = helloBody(talk.clock.now());
    const { kind, source } = body.data;
    const entry = { id: newGuid(), kind, source, repo: '', body: Buffer.from(JSON.stringify(body)) };
    const added = await to.add(entry, { signal: AbortSignal.any([talk.signal, timeout]) });
    return outcomeOf(added, { place: placeOf(url.reveal()), stream, timeoutMs: timeout.aborted ? TIMEOUT_MS : null });
  } finally {
    await to.close();
  }
}
