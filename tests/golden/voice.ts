import type { Activity } from '../../src/model/activity.ts';
import { lineOf, textOfParts } from '../../src/text/line.ts';

/** What no message says, and what it says instead: docs/wording.md. Of the words that normalisers choose, not of people's. */
const NEVER: readonly (readonly [said: RegExp, instead: string])[] = [
  [/ {2}/, 'one space'],
  [/[{}]|\b(?:undefined|null|NaN)\b|\[object/, 'words'],
  [/\b[\da-f]{40}\b/i, 'seven digits of a SHA'],
  [/\b(?:written|created) by\b/, 'opened by'],
  [/\blabell?ed\b/, 'added label X to'],
  [/\btook\b.*\boff\b/, 'removed label X from'],
  [/\btook (?:issue|pull request|discussion)\b(?!.*\bout of\b)/, 'assigned themselves to'],
  [/\bgave\b.*\bback\b|\bgiven back\b/, 'unassigned themselves from'],
  [/\btook\b.*\bout of milestone\b/, 'removed … from milestone X'],
  [/\basked\b.*\bfor a review\b/, 'asked X to review'],
  [/\basked for changes\b/, "requested changes on X's"],
];

/** What is wrong with how it is told. Empty where it is told in the one voice. */
export function faultsOfVoice(activity: Activity): readonly string[] {
  const { form, parts } = lineOf(activity);
  const words = textOfParts(
    parts.map((part) => (part.is === 'subject' || part.is === 'actor' ? { ...part, text: '…' } : part)),
  );
  const facts = activity.said.facts;
  const texts = [words, ...facts];
  const faults = texts.flatMap((text) =>
    NEVER.filter(([said]) => said.test(text)).map(([, instead]) => `${JSON.stringify(text)}: ${instead}`),
  );
  const twice = activity.facets.labels.filter((label) => namesIn(texts, label) > 1);
  const isPassive = form === 'did' && /\b(?:(?:has|have) been|was|were) \w+ed\b/.test(words);
  const blames = activity.facets.conclusion !== null && form === 'headline' && activity.actor !== null;
  return [
    ...faults,
    ...twice.map((label) => `${JSON.stringify(texts)}: label ${label} is named twice`),
    ...(isPassive ? [`${JSON.stringify(words)}: the simple past, and who did it`] : []),
    ...(blames ? [`${JSON.stringify(words)}: a result is of what ran, not of whoever sent it`] : []),
  ].map((fault) => `${activity.kind}: ${fault}`);
}

function namesIn(texts: readonly string[], label: string): number {
  return texts.filter((text) => ` ${text} `.includes(` label ${label} `)).length;
}
