import type { Activity, Person } from '../model/activity.ts';
import { cut, oneLine, wordsWithin } from './plain.ts';
import { ownTitle, placeOf, subjectName } from './subject.ts';
import { capitalised, withArticle } from './words.ts';

/** One line about an activity, in parts: each destination marks and links them its own way. All texts are on one line, not escaped. */
export interface Line {
  /** By what the line begins: who did it, what became of what, or a headline. `worded`: as somebody words it, whole. */
  readonly form: 'did' | 'became' | 'headline' | 'worded';
  /** Their texts in a row, with the spaces in them, say what happened. */
  readonly parts: readonly Part[];
  /** Follows behind a colon, and leads to the subject's page; '' where the subject has none of its own, or is named before. */
  readonly title: string;
}

export interface Part {
  /**
   * - `subject`: what it is called, where no title leads to its page.
   * - `place`: a place without which the words do not read.
   * - `where`: the place, for forms without a small line that says so.
   */
  readonly is: 'actor' | 'headline' | 'words' | 'subject' | 'place' | 'where';
  readonly text: string;
}

const TITLE = 400;

/** `mona merged pull request #12 into main in acme/api: Retry uploads`, of these parts of it. */
export function textOfParts(parts: readonly Part[], title = ''): string {
  return parts.map(({ text }) => text).join('') + (title && `: ${title}`);
}

/** For forms with a small line, which says where. */
export function placeless(parts: readonly Part[]): readonly Part[] {
  return parts.filter(({ is }) => is !== 'where');
}

/** `mona | merged pull request #12 into main | in acme/api`: `Retry uploads` */
export function lineOf(activity: Activity): Line {
  return asWorded(activity) ?? whatBecame(activity) ?? whatWasDone(activity) ?? announcement(activity);
}

/** Whose name and picture may stand beside the line. Null: nobody did it. */
export function doerOf({ actor, said }: Activity, { form }: Line): Person | null {
  return form === 'became' || (form === 'worded' && said.became !== null) ? null : actor;
}

/** All of it leads to the subject's page. */
function asWorded({ said }: Activity): Line | null {
  const text = wordsWithin(oneLine(said.sentence ?? ''), TITLE);
  return text === '' ? null : { form: 'worded', parts: [{ is: 'subject', text }], title: '' };
}

/** Null when something that it names is missing. */
function whatWasDone(activity: Activity): Line | null {
  const { subject } = activity;
  const actor = actorOf(activity);
  const place = placeOf(activity);
  const did = cut(oneLine(activity.said.did ?? ''), 160);
  const namesPlace = did.includes('{repo}');
  const namesIt = did.includes('{it}');
  if (actor === '' || did === '' || (namesPlace && place === '') || (namesIt && subject === null)) return null;
  const what = namesIt ? ownTitle(activity) : subjectName(activity);
  const isNamed = namesIn(did, what) || what === actor;
  const title = isNamed ? '' : what;
  const it = named(activity, title === '', /\b(?:an?|the|this|their|its|new|another)\s+\{it\}/i.test(did));
  // An account does things in itself: its name says where.
  const isPlaced = place === actor || namesPlace || (namesIt && isPlace(activity));
  const parts: readonly Part[] = [
    { is: 'actor', text: actor },
    ...filled(` ${did}`, place, it).flatMap((part) => (isNamed ? linked(part, what) : part)),
    ...where(isPlaced ? '' : place),
  ];
  return { form: 'did', parts, title: wordsWithin(title, TITLE) };
}

/** Null when there is nothing to begin with. */
function whatBecame(activity: Activity): Line | null {
  const became = cut(oneLine(activity.said.became ?? ''), 160);
  const handle = numbered(activity, cut(oneLine(activity.subject?.handle ?? ''), 100));
  const title = ownTitle(activity);
  const it: Part = handle && title ? words(handle) : { is: 'subject', text: handle || cut(title, 100) };
  if (became === '' || it.text === '') return null;
  const place = placeOf(activity);
  // `Project acme/api was created` says where.
  const isPlaced = became.includes('{repo}') || it.text.endsWith(` ${place}`);
  const parts = [it, ...filled(` ${became}`, place), ...where(isPlaced ? '' : place)];
  return { form: 'became', parts, title: handle && wordsWithin(title, TITLE) };
}

/** A number alone is no beginning: `Incident #12`. */
function numbered({ subject }: Activity, handle: string): string {
  const noun = cut(oneLine(subject?.noun ?? ''), 60);
  return /^[#!&]\d/.test(handle) && noun !== '' ? `${capitalised(noun)} ${handle}` : handle;
}

/** `Workflow failed | in acme/api by lena-k`: `#904 CI` */
function announcement(activity: Activity): Line {
  const actor = actorOf(activity);
  const headline: Part = { is: 'headline', text: cut(oneLine(activity.said.headline), 100) };
  const parts = [headline, ...where(placeOf(activity), actor && ` by ${actor}`)];
  return { form: 'headline', parts, title: wordsWithin(subjectName(activity), TITLE) };
}

/** Whether the words end in the very name: `renamed team Infra to Platform`. */
function namesIn(did: string, name: string): boolean {
  return name !== '' && did.endsWith(` ${name}`);
}

/** There the name leads to the subject's page. */
function linked(part: Part, name: string): readonly Part[] {
  if (part.is !== 'words' || !namesIn(part.text, name)) return [part];
  return [words(part.text.slice(0, -name.length)), { is: 'subject', text: name }];
}

function filled(template: string, place: string, it: readonly Part[] = []): readonly Part[] {
  return template
    .split(/(\{(?:it|repo)\})/)
    .filter(Boolean)
    .flatMap((text): readonly Part[] =>
      text === '{it}' ? it : [text === '{repo}' ? { is: 'place', text: place } : words(text)],
    );
}

/** `issue #12`; without a handle `a discussion`, and where it is the place itself `repository acme/api`. */
function named(activity: Activity, isSubject: boolean, hasArticle: boolean): readonly Part[] {
  const noun = cut(oneLine(activity.subject?.noun ?? ''), 60);
  const handle = cut(oneLine(activity.subject?.handle ?? ''), 80);
  const name = handle || (isPlace(activity) ? placeOf(activity) : '');
  const is = isSubject ? 'subject' : 'words';
  const parts: readonly Part[] =
    name === ''
      ? [{ is, text: hasArticle ? noun : withArticle(noun) }]
      : [words(noun && `${noun} `), { is, text: name }];
  return parts.filter(({ text }) => text !== '');
}

function isPlace({ subject, place, account }: Activity): boolean {
  return subject !== null && !subject.handle && oneLine(subject.title) === oneLine(place?.name ?? account ?? '');
}

function actorOf(activity: Activity): string {
  return cut(oneLine(activity.actor?.login ?? ''), 40);
}

function where(place: string, by = ''): readonly Part[] {
  const text = `${place && ` in ${place}`}${by}`;
  return text === '' ? [] : [{ is: 'where', text }];
}

function words(text: string): Part {
  return { is: 'words', text };
}
