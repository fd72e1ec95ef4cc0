import type { Counted, Sum, Tone } from '../../model/activity.ts';
import { capitalised, spaced } from '../../text/words.ts';
import { asWords } from '../parts.ts';

/** How something that was done is told, with `did` as in Activity. Nobody did it: null. */
export interface Words {
  readonly headline: string;
  readonly did: string | null;
  readonly tone: Tone;
}

/** Behind whose name: what somebody did. */
export interface Done extends Words {
  readonly did: string;
}

/** What people talk in, as sentences name it. */
export interface Named {
  /** `issue`, `pull request`, `merge request`, `discussion` */
  readonly noun: string;
  /** `hubot's {it}` where the actor did not open it, else `{it}`. */
  readonly whose: string;
}

/** Who it is done to, where that is the actor. */
export const THEMSELVES = 'themselves';

export function say(headline: string, did: string, tone: Tone = 'neutral'): Done {
  return { headline, did, tone };
}

/** `Merge request renamed` */
export function headlineOf({ noun }: Pick<Named, 'noun'>, what: string): string {
  return `${capitalised(noun)} ${what}`;
}

export function opened(named: Named): Done {
  return say(headlineOf(named, 'opened'), 'opened {it}', 'opened');
}

/** Nobody needs to look at a draft yet: it does not wear the colour of what is open. */
export function openedAsDraft({ noun }: Named, isNumbered = true): Done {
  return say(`Draft ${noun} opened`, isNumbered ? 'opened draft {it}' : 'opened {it} as a draft');
}

/** Into what is in the sentence too: the push notification shows no facts. */
export function merged(named: Named, base: string | null): Done {
  const into = base === null ? '' : ` into ${asWords(base)}`;
  return say(headlineOf(named, 'merged'), `merged ${named.whose}${into}`, 'done');
}

/** By the reason for it; only what is done wears the colour of done. */
const REASONS: ReadonlyMap<string, readonly [headline: string, as: string, tone: Tone]> = new Map([
  ['completed', ['closed as completed', ' as completed', 'done']],
  ['not_planned', ['closed as not planned', ' as not planned', 'neutral']],
  ['duplicate', ['closed as duplicate', ' as a duplicate', 'neutral']],
  ['resolved', ['resolved', ' as resolved', 'done']],
  ['outdated', ['closed as outdated', ' as outdated', 'neutral']],
]);

/** A pull request that is closed was not merged: nothing is done. Red is kept for what is broken. */
export function closed(named: Named, reason: string | null = null): Done {
  const plain = ['closed', '', isRequest(named.noun) ? 'neutral' : 'done'] as const;
  const [words, as, tone] = REASONS.get(reason ?? '') ?? plain;
  return say(headlineOf(named, words), `closed ${named.whose}${as}`, tone);
}

export function reopened(named: Named): Done {
  return say(headlineOf(named, 'reopened'), `reopened ${named.whose}`, 'opened');
}

export function deleted(named: Named): Done {
  return say(headlineOf(named, 'deleted'), `deleted ${named.whose}`);
}

export function readyForReview(named: Named): Done {
  return say(headlineOf(named, 'ready for review'), `marked ${named.whose} ready for review`, 'waiting');
}

export function backToDraft(named: Named): Done {
  return say(headlineOf(named, 'back to draft'), `turned ${named.whose} back into a draft`);
}

/** New commits came to it. */
export function pushedTo(named: Named): Done {
  return say(headlineOf(named, 'updated'), `pushed to ${named.whose}`);
}

/** A new base changes what people look at as a new title does. */
export function retargeted(named: Named, from: string, to: string | null): Done {
  return say(headlineOf(named, 'retargeted'), movedFromTo(from, to));
}

export function movedFromTo(from: string, to: string | null): string {
  return `moved {it} from ${asWords(from)} to ${to === null ? 'another branch' : asWords(to)}`;
}

export function renamed(named: Named): Done {
  return say(headlineOf(named, 'renamed'), 'renamed {it}');
}

export function descriptionEdited(named: Named): Done {
  return say(headlineOf(named, 'description edited'), 'edited the description of {it}');
}

/** `who`: THEMSELVES, names, or '' where nobody is named. */
export function assigned(named: Named, who: string): Done {
  const did = who === THEMSELVES ? 'assigned themselves to {it}' : `assigned {it}${who && ` to ${who}`}`;
  return say(headlineOf(named, 'assigned'), did);
}

export function unassigned(named: Named, who: string): Done {
  return say(headlineOf(named, 'unassigned'), who === '' ? 'unassigned {it}' : `unassigned ${who} from {it}`);
}

/** `who` as for `assigned`. */
export function reviewAsked({ whose }: Named, who: string): Done {
  const asked = who === '' ? `asked for a review of ${whose}` : `asked ${who} to review ${whose}`;
  return say('Review requested', who === THEMSELVES ? `signed up to review ${whose}` : asked, 'waiting');
}

export function reviewWithdrawn(_: Named, who: string): Done {
  const did = who === '' ? 'withdrew a review request for {it}' : `removed ${who} from the reviewers of {it}`;
  return say('Review request withdrawn', did);
}

/** `name` is '' where nobody says which; of several, as a sentence lists them. */
export function labeled(named: Named, name: string, isSeveral = false): Done {
  const labels = isSeveral ? 'labels' : 'label';
  return say(headlineOf(named, 'labeled'), name ? `added ${labels} ${name} to {it}` : 'labeled {it}');
}

export function unlabeled(named: Named, name: string, isSeveral = false): Done {
  const labels = isSeveral ? 'labels' : 'label';
  return say(headlineOf(named, 'unlabeled'), `removed ${name ? `${labels} ${name}` : 'a label'} from {it}`);
}

export function milestoned(named: Named, name: string): Done {
  return say(headlineOf(named, 'added to milestone'), `added {it} to ${name ? `milestone ${name}` : 'a milestone'}`);
}

export function demilestoned(named: Named, name: string): Done {
  const from = name ? `milestone ${name}` : 'its milestone';
  return say(headlineOf(named, 'removed from milestone'), `removed {it} from ${from}`);
}

export function locked(named: Named, reason: string): Done {
  return say(headlineOf(named, 'locked'), reason === '' ? 'locked {it}' : `locked {it} as ${reason}`);
}

export function unlocked(named: Named): Done {
  return say(headlineOf(named, 'unlocked'), 'unlocked {it}');
}

export function autoMergeOn({ whose }: Named): Done {
  return say('Auto-merge turned on', `turned on auto-merge for ${whose}`);
}

export function autoMergeOff({ whose }: Named): Done {
  return say('Auto-merge turned off', `turned off auto-merge for ${whose}`);
}

/** Of those that ask to be merged, `closed` says that they were not. */
function isRequest(noun: string): boolean {
  return noun.endsWith(' request');
}

/** How several are counted by what became of them: `3 milestones closed`; `parts` for an action whose name does not follow the noun. */
export function countedBy(noun: Counted, action: string, parts: ReadonlyMap<string, Counted> = new Map()): Sum {
  return { noun, part: parts.get(action) ?? (spaced(action) || null), alone: null };
}
