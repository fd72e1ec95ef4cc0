import type { Mute } from '../model/inbox/mutes.ts';
import type { Mention } from '../model/notification.ts';
import type { Decision, Directory, Telling, Trace } from '../model/rule.ts';
import { iso } from '../shared/time-words.ts';

/**
 * What is left of a decision about a thread of which somebody wants to hear nothing: the destinations that are muted are not told, and people
 * who muted it neither told by themselves nor called by name. The trace says by whom and until when, and so does the reason where
 * nobody is left.
 */
export function withoutMuted(decision: Decision, mutes: readonly Mute[], owners: Directory['owners']): Decision {
  const byWhom = new Map(mutes.map((mute) => [mute.whom, mute]));
  const muted = new Map<string, string>();
  const isMuted = (whom: string): boolean => {
    const mute = byWhom.get(whom);
    if (mute !== undefined) muted.set(whom, mutedWords(mute));
    return mute !== undefined;
  };
  const isUncalled = ({ name, audience }: Mention) => audience === undefined && isMuted(`@${name.toLowerCase()}`);
  const tell = decision.tell.flatMap((telling) => {
    const owner = owners.get(telling.destination);
    if (isMuted(telling.destination) || (owner !== undefined && isMuted(`@${owner.toLowerCase()}`))) return [];
    return uncalled(telling, isUncalled);
  });
  if (muted.size === 0) return decision;
  const because = Array.from(muted, ([whom, words]) => `${whom} is not told: ${words}`).join('; ');
  return {
    ...decision,
    tell,
    trace: { ...withoutSought(decision.trace, byWhom), muted: Object.fromEntries(muted) },
    reason: tell.length === 0 ? (decision.reason ?? because) : decision.reason,
  };
}

/** `muted by mona (Slack U012AB3CD) until 2026-12-01T09:00:00.000Z` */
export function mutedWords({ by, until }: Pick<Mute, 'by' | 'until'>): string {
  return `muted by ${by} ${until === null ? 'for good' : `until ${iso(until)}`}`;
}

/** Where each is told alone, nobody may be left. */
function uncalled(telling: Telling, isUncalled: (mention: Mention) => boolean): readonly Telling[] {
  const mentions = telling.mentions.filter((mention) => !isUncalled(mention));
  if (telling.recipients === undefined) return [{ ...telling, mentions }];
  const recipients = telling.recipients.filter(({ mention }) => !isUncalled(mention));
  return recipients.length === 0 ? [] : [{ ...telling, mentions, recipients }];
}

/** Whom rules named as people, and who muted it, is not among those who are told. */
function withoutSought(trace: Trace, byWhom: ReadonlyMap<string, Mute>): Trace {
  if (trace.sought === undefined) return trace;
  const sought = trace.sought.map((each) => {
    const muted = each.told.flatMap((name) => {
      const mute = byWhom.get(`@${name.toLowerCase()}`);
      return mute === undefined ? [] : [[name, mutedWords(mute)] as const];
    });
    const names = new Set(muted.map(([name]) => name));
    return {
      ...each,
      told: each.told.filter((name) => !names.has(name)),
      left: { ...each.left, ...Object.fromEntries(muted) },
    };
  });
  return { ...trace, sought };
}
