import { type Payload, textOrNull } from '../../../../shared/payload.ts';
import { capitalised } from '../../../../text/words.ts';
import type { ActivityParts } from '../family.ts';
import { asWords, isSender } from '../people.ts';
import { type Words } from '../words.ts';

type Assignment = Words & Required<Pick<ActivityParts, 'facts'>>;

/** `assigned issue #12 to mona`; whoever assigns themselves takes it. */
export function assigned(payload: Payload, noun: string): Assignment {
  return said(payload, `${capitalised(noun)} assigned`, {
    nobody: 'assigned {it}',
    oneself: [`${capitalised(noun)} taken`, 'took {it}'],
    somebody: ['assigned {it} to', 'to'],
  });
}

/** `took mona off issue #12`; whoever leaves by themselves gives it back. */
export function unassigned(payload: Payload, noun: string): Assignment {
  return said(payload, `${capitalised(noun)} unassigned`, {
    nobody: 'unassigned {it}',
    oneself: [`${capitalised(noun)} given back`, 'gave {it} back'],
    somebody: ['unassigned {it} from', 'from'],
  });
}

interface Ways {
  readonly nobody: string;
  readonly oneself: readonly [headline: string, did: string];
  readonly somebody: readonly [did: string, fact: string];
}

function said(payload: Payload, headline: string, { nobody, oneself, somebody }: Ways): Assignment {
  const who = textOrNull(payload, 'assignee.login');
  if (who === null) return { headline, did: nobody, tone: 'neutral', facts: [] };
  if (isSender(payload, who)) return { headline: oneself[0], did: oneself[1], tone: 'neutral', facts: [] };
  return { headline, did: `${somebody[0]} ${asWords(who)}`, tone: 'neutral', facts: [`${somebody[1]} ${who}`] };
}
