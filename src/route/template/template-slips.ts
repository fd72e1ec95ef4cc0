import { suggest } from '../../shared/suggest.ts';
import { CALLED, conditionSlip, type Slip } from '../condition/condition-slips.ts';

// What people write between the braces that is no CEL, and what they mean by it.

/** What the payload is called elsewhere. */
const PAYLOADS = /^(?:body|data|event|json|request|webhook)$/;

const OR_VALUE = 'what is told where a field is missing is written payload.?name.orValue("…").';

export const templateSlip: Slip = (text, summary, place) => {
  if (summary.startsWith('Unexpected character: |')) {
    return 'CEL has no filters: what is made of a text stands behind a dot, as in payload.name.trim().';
  }
  if (/^Unexpected character: [#/]/.test(summary)) return 'a choice is written … ? "this" : "that".';
  if (summary.startsWith('Unexpected token: QUESTION') && text.includes('??')) return OR_VALUE;
  if (summary.startsWith('Logical operator requires bool') && text.includes('||')) return OR_VALUE;
  const known = conditionSlip(text, summary, place);
  const name = /^Unknown variable: (\S+)/.exec(summary)?.[1];
  if (name !== undefined && PAYLOADS.test(name))
    return `what came is called payload here: write payload, or a field of it.`;
  if (name === 'env') return 'a variable of the environment is written ${NAME}, outside of the braces.';
  if (/^No such key: payload\b/.test(summary)) return 'the payload stands beside the activity: write payload.';
  if (known !== undefined || name === undefined || suggest(name, ['activity', 'payload']) !== undefined) return known;
  return `"${name}" is not known here: a field of the payload is written payload.${name}, and a text in quotes.`;
};

/** Why what an expression says is no text, where its type tells. Null: it is one, or only its values tell. */
export function untold(text: string, type: string): string | null {
  if (/^(?:dyn|string|int|double|bool|list|list<(?:dyn|string|int|double|bool)>)$/.test(type)) return null;
  const thing = /^\$activity\.(actor|repo|subject)$/.exec(type)?.[1] as keyof typeof CALLED | undefined;
  if (thing !== undefined) return `activity.${thing} has several fields, and one is told: write ${CALLED[thing]}.`;
  if (type === '$activity') return 'an activity has many fields, and one is told: write activity.headline.';
  if (type.startsWith('optional')) return `may be missing: say what is told then, as in ${text.trim()}.orValue("…").`;
  if (type.startsWith('map')) return 'has fields of its own, and one is told: name it.';
  if (type.startsWith('list')) return 'is no list of texts: say what of each is told, as in ….map(each, each.name).';
  return 'is no text, no number, and no list of them.';
}
