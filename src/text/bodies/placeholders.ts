import { words } from './reading.ts';

/** What templates ask to be said, and how. */
const SUBJECTS = String.raw`(?:changes?|problem|issue|bug|feature|tests?|solutions?|pr|pull request|motivation|purpose|what|why|how|details|steps|alternatives|context)\b`;
const ASK = '(?:describe|explain|summari[sz]e|outline)';
const ABOUT = String.raw`(?:briefly |in detail )?(?:(?:the|your|this|these|any)(?: \w+)? )?`;

/** Sentences that only a template says, whoever sends them. */
const SENTENCE = anyOf([
  String.raw`please (?:also )?(?:briefly )?${ASK}(?:\W*$| ${ABOUT}${SUBJECTS})`,
  String.raw`please (?:also )?(?:fill|specify|tell us|write a|select|mark|tick|put an?|link to|complete the|replace this)\b`,
  String.raw`please (?:also )?(?:delete|remove) (?:any|this|options|sections|the)\b`,
  String.raw`please (?:also )?include (?:a (?:summary|description|link|screen)|any|relevant|the (?:following|version|output))\b`,
  String.raw`please (?:also )?provide (?:a|as much|details|steps|the following|instructions|enough|us)\b`,
  String.raw`please (?:also )?list (?:any|all|the)\b`,
  String.raw`please (?:also )?add (?:a (?:short|brief|clear|detailed|description|summary|link)|any|screenshots|relevant|details)\b`,
  String.raw`please (?:also )?check (?:all|the (?:box|one)|one)\b`,
  String.raw`describe .{0,100}\bhere\b`,
  String.raw`a (?:clear|concise|brief|short|detailed|quick)\b.{0,60}\b(?:description|summary|explanation|overview) (?:of|about) `,
  String.raw`if applicable\b`,
  String.raw`(?:add|include|provide|attach) (?:any (?:other|additional|further|relevant)|additional|screenshots|relevant (?:screenshots|motivation|context))\b`,
  'steps to reproduce the behaviou?r:?$',
  String.raw`(?:go to|click on|scroll down to) ['"“‘]?\.{3,4}['"”’]?$`,
  // `Fixes #`, `Fixes # (issue)`, `Closes #000`
  String.raw`(?:fix(?:es|ed)?|closes?|resolves?) ?:? ?#? ?(?:\((?:issue|number|issue number|issue #)\)|issue(?:[ _-]?(?:number|id|no))?|nnn+|xxx+|\?+|_+|0{3,5}|\.{3})?\.?$`,
  '_?no response_?$',
  String.raw`list (?:any|all|the) (?:dependencies|changes|related|relevant|steps|issues)\b`,
  String.raw`(?:delete|remove) (?:this|any|options|sections?|lines?)\b.{0,80}(?:relevant|applicable|needed|submitting|section|line|once)\b`,
  String.raw`(?:insert|write|type|put|enter|add)? ?(?:your |a |the )?(?:description|text|answer|summary|changes|details) (?:goes )?here\.?$`,
  String.raw`(?:thanks|thank you) (?:so much )?for (?:your (?:contribution|pull)|contributing|opening|submitting|sending|taking the time|making|filing)\b`,
  'see error$',
  String.raw`.{2,60}:? ?\[e\.g\.[^\]]{0,100}\]$`,
  String.raw`🤖 generated with\b`,
]);

/** What may be a person's in a body of their own, and is no answer in a template. */
const NO_ANSWER = anyOf([
  String.raw`(?:briefly )?${ASK} (?:briefly )?(?:in detail )?(?:the|your|this|these|any|what|why|how)\b`,
  String.raw`(?:n\/?a|none|tbd|todo|no|not applicable|nothing|\.{3}|[-–—])\.?$`,
  String.raw`\[[^[\]]{1,40} [^[\]]{1,200}\]\.?$`,
  String.raw`(?:refs?|related(?: to)?|relates to|issue|ticket|link|issue number)(?: issue| pr)?s?:? ?#?(?:\(issue\))?$`,
]);

/** What they begin with, where it is a letter. Most lines begin with another word, or as code, and are not looked at any closer. */
const FIRST_WORD =
  /^(?:please|describe|a\s+(?:clear|concise|brief|short|detailed|quick)|if\s|add|include|provide|attach|steps\s|go\s|click|scroll|fix|close|resolve|no\s|list|delete|remove|insert|write|type|put|enter|your\s|the\s|description|text|answer|summary|changes|details|thank|see\s)|\[e\.g\./i;

function anyOf(sentences: readonly string[]): RegExp {
  return new RegExp(`^(?:${sentences.join('|')})`);
}

/** A template's own words, wherever they stand. */
export function isPlaceholder(line: string): boolean {
  const bare = bareOf(line);
  if (bare === '' || (/^(?:[a-z#]|```)/i.test(bare) && !FIRST_WORD.test(bare))) return false;
  const said = saidBy(bare);
  // `Describe the bug: uploads fail` is an answer.
  return said !== '' && SENTENCE.test(said) && !/[\w)]: [^[\s]/.test(said);
}

/** A template's own words, or none, if this is a template. */
export function isProbablyPlaceholder(line: string): boolean {
  return NO_ANSWER.test(saidBy(bareOf(line)));
}

/** `- OS:` with nothing behind or below it. */
export function isLabel(line: string, next: string): boolean {
  return (
    line.length < 100 && /^[ \t]{0,4}[-*+] [^:]{2,60}:[*_]{0,2}[ \t]{0,4}$/.test(line) && !/^[ \t]{2,}\S/.test(next)
  );
}

/** A heading that says what any text is. */
export function saysNothing(name: string): boolean {
  return NAMES.test(name.replace(/^[^\p{L}\p{N}]+/u, '').replace(/[^\p{L}\p{N}]+$/u, ''));
}

const NAMES =
  /^(?:\d[.)] )?(?:(?:pull request|pr|change|short|brief|detailed|bug|issue|feature|general) )?(?:descriptions?|summary|overview|changes?|what|what changed|what's changed|proposed changes?|describe (?:the|your) \w+|about|details|purpose|problem|the problem|context|what (?:does|do|is|did) (?:this|the) (?:pr|pull request|change|mr)(?: do)?|what happened|what this (?:pr|change) does)$/;

const BULLETS = /^[ \t>]{0,8}(?:[-*+] |\d{1,2}[.)] )?(?:\[[ xX]?\] )?/;

/** Without list marks and quotes; '' of a longer line, which is no placeholder. */
function bareOf(line: string): string {
  return line.length < 2 || line.length > 500 ? '' : line.replace(BULLETS, '');
}

/** Its words without emphasis, in lower case. */
function saidBy(bare: string): string {
  return words(bare)
    .replace(/^[*_]+|[*_]+$/g, '')
    .toLowerCase();
}
