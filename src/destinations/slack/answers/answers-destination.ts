import type { Asker, Desk } from '../../../model/desk.ts';
import type { Destination, Message, Outcome, RetryPolicy, SendContext } from '../../../model/destination.ts';
import { lasting } from '../../../shared/time-words.ts';
import { oneByOne, only } from '../../lanes.ts';
import type { Bot, Sending } from '../bot/look.ts';
import type { SlackSettings } from '../settings.ts';
import { answer } from './answer.ts';
import { type Ask, askIn, isAsk } from './ask.ts';
import { Flood } from './flood.ts';
import { type Admission, Gate, type Member, type Place } from './gate.ts';
import { deliver, plainWords, RESPONSE_MS, type Reply } from './reply.ts';
import { postsIn } from './where.ts';

export interface AnswersOptions extends Bot {
  readonly name: string;
  /** The source whose asks are answered. */
  readonly source: string;
  readonly desk: Desk;
  /** Slack's destinations, by name → as they are set: which of them post where somebody asks. */
  readonly siblings: ReadonlyMap<string, SlackSettings>;
}

/** Somebody waits: soon again, and not for long. */
const RETRY: RetryPolicy = { baseMs: 500, capMs: 60_000, maxTries: 40 };
/** So often a look that fails is tried again before it is said. */
const PATIENT_TRIES = 3;
/** Whoever asked has long gone. */
const FORGOTTEN_MS = 24 * 3_600_000;
/** In flight at once: one slow look does not keep the others waiting. */
const AT_ONCE = 4;

/** Answers what people ask of the bot: to them alone, and nothing else is ever told here. */
export function answersDestination(options: AnswersOptions): Destination {
  const { name, source } = options;
  const gate = new Gate(options);
  const flood = new Flood(options.clock);
  return {
    ...oneByOne(name, 'slack', AT_ONCE),
    retry: RETRY,
    readsStored: true,
    takesAll: (from) => from === source,
    isAsked: isAsk,
    declines: () => 'it answers what is asked, and tells nothing',
    send: (message, context) => reply({ ...options, gate, flood }, message, context),
    async [Symbol.asyncDispose]() {},
  };
}

interface Answering extends AnswersOptions {
  readonly gate: Gate;
  readonly flood: Flood;
}

/** One ask, from the flood's edge to the answer. */
async function reply(answering: Answering, message: Message, context: SendContext): Promise<Outcome> {
  const { eventId, receivedAt, tries } = only(message);
  const event = (await context.stored?.(eventId)) ?? null;
  const ask = event === null ? null : askIn(event);
  if (ask === null)
    return { kind: 'rejected', reason: 'it holds no question any more: it was not kept, or is damaged' };
  const age = Math.max(0, answering.clock.now() - receivedAt);
  if (age >= FORGOTTEN_MS) return leftOut(`not answered: it was asked ${lasting(age)} ago`);
  const tell = (said: Reply) => deliver(answering, ask, said, age, context);
  const admission = await admitted(answering, ask, tries, context);
  switch (admission.kind) {
    case 'failed':
      return admission.outcome;
    case 'refused':
      return refuse(answering, ask, admission, tell);
    case 'admitted':
      if (age < RESPONSE_MS) return tell(await answered(answering, ask, admission));
      // What they wished long ago they may have thought better of.
      if (ask.way !== 'home') return tell(plainWords(tooLate(age)));
      return tell(await answered(answering, { ...ask, wanted: { kind: 'home' } }, admission));
  }
}

/** Once too often in a minute is too often; whoever goes on is not even looked up. */
async function admitted({ gate, flood }: Answering, ask: Ask, tries: number, sending: Sending): Promise<Admission> {
  const pace = tries > 0 ? 'go' : flood.ask(`${ask.team} ${ask.user}`);
  if (pace === 'silent') return { kind: 'refused', why: '', said: null };
  if (pace === 'first') {
    return {
      kind: 'refused',
      why: 'too many questions in a minute',
      said: 'That was a lot at once: ask me again in a minute.',
    };
  }
  const admission = await gate.admit(ask, sending);
  if (admission.kind !== 'failed' || admission.outcome.kind !== 'retry' || tries < PATIENT_TRIES) return admission;
  const said = 'I can’t check who you are at the moment, so I did nothing. Ask me again in a while.';
  return { kind: 'refused', why: `it cannot be checked who asks: ${admission.outcome.reason}`, said };
}

async function refuse(
  { desk }: Answering,
  ask: Ask,
  { why, said }: { readonly why: string; readonly said: string | null },
  tell: (said: Reply) => Promise<Outcome>,
): Promise<Outcome> {
  if (why === '') return leftOut('not answered: too many questions in a minute');
  await desk.refused(inWords(ask), why, askerOf(ask, { id: ask.user ?? 'nobody', name: null }, null, null));
  if (said === null) return leftOut(`refused: ${why}`);
  const outcome = await tell(plainWords(said));
  // It was refused, whether or not they could be told.
  return outcome.kind === 'sent' || outcome.kind === 'rejected' ? leftOut(`refused: ${why}`) : outcome;
}

async function answered(
  answering: Answering,
  ask: Ask,
  { member, place }: { readonly member: Member; readonly place: Place | null },
): Promise<Reply> {
  const { name, desk, clock, siblings, token } = answering;
  const by = askerOf(ask, member, place, desk.loginOf('slack', member.id));
  const here = place === null ? [] : postsIn(siblings, { token, place, member: member.id, isKnown: by.login !== null });
  const shared = here.filter((each) => siblings.get(each)?.direct !== true);
  const called = ask.way === 'command' ? (ask.command ?? '/tidings') : '@tidings';
  const asking = { name, desk, clock, by, id: member.id, here, shared, called };
  const said = await answer(asking, ask.wanted);
  // Whatever was pressed in the Home, the Home shows it.
  return ask.way === 'home' && ask.wanted.kind !== 'home' ? answer(asking, { kind: 'home' }) : said;
}

function askerOf(
  { channel, way }: Ask,
  { id, name }: { readonly id: string; readonly name: string | null },
  place: Place | null,
  login: string | null,
): Asker {
  const from = way === 'home' ? 'the Home' : whereIn(channel, place);
  return { who: name === null ? `Slack ${id}` : `${name} (Slack ${id})`, login, from: `Slack, ${from}` };
}

/** As people find it in the audit list. */
function whereIn(channel: Ask['channel'], place: Place | null): string {
  const name = place?.name ?? channel?.name ?? null;
  if (channel === null) return 'a message';
  if (channel.id.startsWith('D')) return 'a direct message';
  return name === null ? channel.id : `#${name}`;
}

function inWords({ way, wanted }: Ask): string {
  if (wanted.kind !== 'choice') return wanted.kind === 'words' ? `a ${way}` : `${wanted.kind}, by ${way}`;
  const { about } = wanted;
  const what = 'thread' in about ? about.thread : `notification ${about.notification}`;
  return `${wanted.choice} of ${what}, by ${way}`;
}

function tooLate(age: number): string {
  return `You asked ${lasting(age)} ago, when I couldn’t answer. I did nothing: ask me again.`;
}

/** It is done with, and nobody needs to look after it. */
function leftOut(answer: string): Outcome {
  return { kind: 'sent', answer };
}
