import { lasting } from '../../../shared/time-words.ts';
import { quoted } from '../../../text/plain.ts';
import { type Doubt, type Doubted, refused, type Unseen, unseen } from '../../looked.ts';
import { impossible, streamAdd } from '../answer.ts';
import { nameOf } from '../client-error.ts';
import { openServer } from '../server.ts';
import type { NatsSettings } from '../settings.ts';
import { placeOf } from '../shapes.ts';
import { takesAll } from '../subject.ts';

const TIMEOUT_MS = 10_000;

export type Place = Pick<NatsSettings, 'url' | 'creds' | 'subject'>;

/** For how long a message is tried (src/destinations/retry-for-a-day.ts): a shorter memory of the stream stores it twice. */
const HORIZON_MS = 24 * 3_600_000;

export type Seen = Doubted | Unseen;

/** Which stream takes the subject, and for how long it knows a message again. Nothing is sent. @throws Error in words */
export async function lookAt({ url, creds, subject }: Place, signal: AbortSignal): Promise<Seen> {
  const place = placeOf(url.reveal());
  const server = openServer({ url: url.reveal(), creds, timeoutMs: TIMEOUT_MS });
  try {
    const looked = await server.look(subject, signal);
    if (looked.kind === 'streams') return seen(looked.streams.map(streamOf), subject, place);
    if (looked.kind === 'failed' && nameOf(looked.error) === 'PermissionViolationError') return untold(subject, place);
    return unseen(impossible(looked, { place, timeoutMs: TIMEOUT_MS }));
  } finally {
    await server.close();
  }
}

interface Stream {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly windowMs: number;
}

function streamOf({
  config,
}: {
  readonly config: { readonly name: string; readonly subjects?: readonly string[]; readonly duplicate_window?: number };
}): Stream {
  const { name, subjects = [], duplicate_window: nanos = 0 } = config;
  return { name: quoted(name, 80), subjects: subjects.map((each) => quoted(each, 80)), windowMs: nanos / 1e6 };
}

function seen(streams: readonly Stream[], subject: string, place: string): Seen {
  const stream = streams.find(({ subjects }) => subjects.some((each) => takesAll(each, subject))) ?? streams[0];
  if (stream === undefined) {
    return refused(`no stream takes subject ${subject} at ${place}: ${streamAdd(subject)}`);
  }
  const doubts: Doubt[] = [];
  const { name, subjects, windowMs } = stream;
  if (!subjects.some((each) => takesAll(each, subject))) {
    const fix = `Type: nats stream edit ${name} --subjects '${subject}'`;
    doubts.push({ problem: `stream ${name} takes ${subjects.join(', ')}, which is not all of ${subject}`, fix });
  }
  if (windowMs < HORIZON_MS) {
    const problem = `stream ${name} knows a message again for ${lasting(windowMs)}, and Tidings tries each for a day: one whose confirmation was lost may stand there twice`;
    doubts.push({ problem, fix: `Type: nats stream edit ${name} --dupe-window 24h` });
  }
  return { ok: true, where: `stream ${name} at ${place}`, doubts };
}

/** Who may publish need not be allowed to look. */
function untold(subject: string, place: string): Seen {
  const problem = `this user may not ask which stream takes ${subject}`;
  return { ok: true, where: place, doubts: [{ problem, fix: 'Allow $JS.API.STREAM.NAMES and $JS.API.STREAM.INFO.*' }] };
}
