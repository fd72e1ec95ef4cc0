import type { Outcome } from '../../../model/destination.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { newGuid } from '../../../shared/ids.ts';
import { helloBody } from '../../hello-body.ts';
import { outcomeOf } from '../answer.ts';
import { openServer } from '../server.ts';
import { placeOf } from '../shapes.ts';
import { subjectOf } from '../subject.ts';
import type { Place } from './look.ts';

const TIMEOUT_MS = 10_000;

/** `tidings.tidings.hello`, stored as what follows will be. */
export async function hello(talk: Talk, { url, creds, subject: subjects }: Place): Promise<Outcome> {
  const server = openServer({ url: url.reveal(), creds, timeoutMs: TIMEOUT_MS });
  try {
    const body = helloBody(talk.clock.now());
    const { kind, source } = body.data;
    const subject = subjectOf(subjects, source, kind);
    const headers = { 'Tidings-Kind': kind, 'Tidings-Source': source };
    const outgoing = { subject, body: JSON.stringify(body), id: newGuid(), headers };
    const published = await server.publish(outgoing, { signal: talk.signal });
    return outcomeOf(published, { place: placeOf(url.reveal()), subject, subjects, timeoutMs: TIMEOUT_MS });
  } finally {
    await server.close();
  }
}
