import type { Activity } from '../../src/model/activity.ts';
import { PayloadError } from '../../src/shared/payload.ts';
import { hostOf } from '../../src/text/honest-url.ts';
import { homeOf } from '../../src/text/subject.ts';
import { faultOf } from './activity-shape.ts';
import { GITHUB, harmOf } from './harm.ts';
import { harmElsewhere } from './harm-elsewhere.ts';
import { type Path, pathsRead, valueAt } from './paths-read.ts';
import type { Case } from './payloads.ts';
import { tell } from './tell.ts';

/** What a forger would write: control sequences of Slack and of terminals, links, turned text, broken characters. */
export const HOSTILE: readonly string[] = [
  '<!channel> <!here> <!everyone> <@U1> <#C1> <!subteam^S1> <!date^1^{date}|x>',
  '<https://evil.test|https://github.com> https://good.test',
  '[https://good.test](https://evil.test) ![x](https://evil.test/x.png)',
  '&lt;!channel&gt; &amp; & &amp;lt; &#60;',
  '` `` ``` * _ ~ *a* _b_ ~c~ `d` @channel @here',
  'a\u202eb\u2066c\u2069d\u200fe\u061c',
  'n\0u\u001b[2Jl\u001b]0;owned\u0007\u009b31m\b',
  '👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301',
  '\ud800 lone \udc00 \ud83d',
  '\n\r\n\u2028\u2029\u0085\t',
  '{it} {repo} {who} {whom} {when} $& $1',
  '[1.2.3 → 1.2.4](https://evil.test/good.test) [x]: <a href="https://evil.test">good.test</a>[good.test][x]',
  '> mona merged {it}\n\n\u200b\u00ad\u2800\u3164\n- [x] ok · acme/api\n:x:[^1]\n\n[^1]: https://good.test',
  '\u200b',
  '-'.repeat(39),
  `${'z\u0300\u0316\u034f'.repeat(60)}👩‍👩‍👧‍👦`,
  '```\n> # - [ ] | a | b |\n|---|---|',
  ' ',
  '',
];

/** Where GitHub writes the text itself it may also look like an address. */
export const ANYWHERE: readonly string[] = [...HOSTILE, ...HOSTILE.map((each) => `https://evil.test/${each}`)];

/** About 100,000 characters each, and Markdown nested 10,000 deep. */
export const LONG: readonly string[] = [
  '<'.repeat(100_000),
  'a'.repeat(100_000),
  '👩‍👩‍👧'.repeat(12_000),
  `${'['.repeat(10_000)}${']'.repeat(10_000)}(https://evil.test)`,
  '> '.repeat(10_000),
  '**_~~'.repeat(10_000),
  'a.'.repeat(50_000),
  '@channel '.repeat(10_000),
  '&amp;'.repeat(20_000),
  ' \n'.repeat(50_000),
  '<!--'.repeat(25_000),
  'm@x\u202e😀'.repeat(16_000),
  `This PR contains the following updates:\n\n| Package | Change |\n|---|---|\n${'| [good.test](https://evil.test) | <!here> -> @everyone |\n'.repeat(1_200)}`,
  'On 1 Jan 2026, x wrote:\n> '.repeat(4_000),
  '#1 acme/api#2 3f2a1bc9d '.repeat(4_500),
  '<b><i><li><td>'.repeat(7_000),
];

/** Fields that GitHub fills from a list of its own, and what is no text for people. */
const NOT_WRITTEN =
  /^(?:action|state|type|ref_type|status|conclusion|severity|event|visibility|sha|id|node_id|before|after|head_sha|.*_at|.*url|timestamp|date)$/;

export interface Target extends Case {
  /** Every string that the normaliser reads. */
  readonly texts: readonly Path[];
  /** Those of them that people write. */
  readonly written: readonly Path[];
}

export function targetOf(one: Case): Target {
  const texts = pathsRead(one.type, one.payload).filter((path) => typeof valueAt(one.payload, path) === 'string');
  return { ...one, texts, written: texts.filter((path) => !NOT_WRITTEN.test(path.at(-1) ?? '')) };
}

/** What goes wrong when `text` stands in all these fields. Empty when it is told harmlessly, or refused in words. */
export function harmWith(
  { type, pair, no, payload }: Target,
  fields: readonly Path[],
  text: string,
): readonly string[] {
  const where = `${pair} · ${no} with ${JSON.stringify(text.slice(0, 40))}`;
  try {
    const told = tell(type, filled(payload, fields, text));
    const harm = told.kind !== 'activity' ? [] : harmIn(told.activity);
    return harm.map((words) => `${where}: ${words}`);
  } catch (error) {
    if (error instanceof PayloadError) return [];
    return [`${where}: ${error instanceof Error ? error.stack : String(error)}`];
  }
}

function harmIn(activity: Activity): readonly string[] {
  const home = homeIn(activity);
  const harm = [...harmOf(activity, home), ...harmElsewhere(activity, home)];
  return [faultOf(activity), ...harm, ...forgedSigns(activity)].filter(Boolean);
}

/** Where GitHub itself says that the repository is elsewhere, its own pages are there: a workflow's file is called as people like. */
function homeIn(activity: Activity): RegExp {
  const home = homeOf(activity);
  return home === null ? GITHUB : new RegExp(`${GITHUB.source}|^${hostOf(home).replaceAll('.', '[.]')}$`);
}

/** A name in what was done stands for nothing else: the subject and the place are named once at most. */
function forgedSigns({ said }: Activity): readonly string[] {
  return [said.did, said.became].flatMap((words) =>
    ['{it}', '{repo}'].flatMap((sign) => ((words ?? '').split(sign).length > 2 ? [`${sign} twice in ${words}`] : [])),
  );
}

function filled(payload: Case['payload'], fields: readonly Path[], text: string): object {
  const copy = structuredClone(payload) as Record<string, unknown>;
  for (const path of fields) (valueAt(copy, path.slice(0, -1)) as Record<string, unknown>)[path.at(-1) ?? ''] = text;
  return copy;
}
