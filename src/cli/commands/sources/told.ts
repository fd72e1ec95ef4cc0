import type { SourceConfig } from '../../../config/config.ts';
import { isCalled, secretWords } from '../../../config/describe/place-words.ts';
import type { SourceAddress } from '../../../config/describe/source-address.ts';
import type { EventSummary } from '../../../model/inbox/records.ts';
import type { Colors } from '../../../model/plugin/talk.ts';
import type { TurnedAway } from '../../../model/turned-away.ts';
import { ago, iso, isoOrNull } from '../../../shared/time-words.ts';
import { oneLine } from '../../table.ts';
import { kindOf } from '../../words/event-words.ts';

/** One source with what is known of it. */
export interface SourceState {
  readonly source: SourceConfig;
  readonly title: string;
  readonly address: SourceAddress;
  readonly proof: string;
  readonly last: EventSummary | null;
  readonly refused: readonly TurnedAway[];
  /** When a greeting of its sender's was answered in the last day, ms since 1970. */
  readonly greetedAt: number | null;
}

const FROM = {
  settings: ', by its settings',
  PUBLIC_URL: '',
  tunnel: ', by the open tunnel',
  here: ', from this machine alone',
} as const;

export function sourceLines(state: SourceState, out: Colors, now: number): readonly string[] {
  const { source, title, address, proof, last, refused, greetedAt } = state;
  const secret = source.secrets.length === 0 ? 'no secret yet' : `secret ${secretWords(source)}`;
  const came = last && `${kindOf(last)}, ${ago(last.receivedAt, now)} (event ${last.id})`;
  return [
    `${out.bold(source.name)}  ${title}`,
    ...(isCalled(source) ? [line('address', `${address.url}${FROM[address.from]}`, out)] : []),
    line('proof', isCalled(source) ? `${proof}; ${secret}` : 'the connection that it has opened', out),
    line('last', came ?? 'nothing yet', out),
    ...(greetedAt === null ? [] : [line('greeted', `${ago(greetedAt, now)}: it was answered`, out)]),
    ...refusedLines(refused, out, now),
    '',
  ];
}

/** What knocked at no door that is there. */
export function otherLines(others: readonly TurnedAway[], out: Colors, now: number): readonly string[] {
  return [out.bold('no source'), ...refusedLines(others, out, now), ''];
}

function refusedLines(refused: readonly TurnedAway[], out: Colors, now: number): readonly string[] {
  if (refused.length === 0) return [line('refused', 'none in 24 h', out)];
  const sum = refused.reduce((all, { count }) => all + count, 0);
  return [
    line('refused', `${out.red(sum.toLocaleString('en-US'))} in 24 h`, out),
    ...refused.map(({ cause, count, at, why }) => {
      const what = `${count.toLocaleString('en-US')} ${oneLine(cause)}, last ${ago(at, now)}`;
      return line('', why === null ? what : `${what}: ${oneLine(why)}`, out);
    }),
  ];
}

function line(name: string, text: string, { dim }: Colors): string {
  return `  ${dim(name)}${' '.repeat(9 - name.length)}${text}`;
}

/** One line of `sources --json`: scripts rely on exactly these keys. */
export function sourceJson({ source, address, proof, last, refused, greetedAt }: SourceState): unknown {
  return {
    name: source.name,
    provider: source.provider,
    address: address.url,
    address_from: address.from,
    proof,
    secrets: source.secrets.length,
    last_event: last && {
      id: last.id,
      type: last.type,
      action: last.action,
      received_at: iso(last.receivedAt),
    },
    greeted_at: isoOrNull(greetedAt),
    refused: refused.map(refusalJson),
  };
}

export function otherJson(others: readonly TurnedAway[]): unknown {
  return { name: null, refused: others.map(refusalJson) };
}

function refusalJson({ cause, count, at, why }: TurnedAway) {
  return { cause, count, last_at: iso(at), why };
}
