import { CHANNELS } from '../../src/catalog.ts';
import type { Activity } from '../../src/model/activity.ts';
import type { Mention } from '../../src/model/notification.ts';
import { anActivity } from '../fixtures/activities.ts';
import { HOSTILE as OF_ANYBODY } from '../golden/hostile.ts';

/** What a forger would write: control sequences of chats and terminals, links, turned text, broken characters. */
export const HOSTILE: readonly string[] = [
  ...OF_ANYBODY,
  '@everyone @here <@80351110224678912> <@&165511591545143296> <#1> </deploy:1> <t:1> <:a:1>',
  '[https://good.test](https://evil.test) [](https://evil.test) discord.gg/evil ||spoiler||',
  '# heading\n-# small\n> quote\n>>> all\n- item\n1. one\n\\',
  'https://evil.test/?a=1&lt;b&quot=2&copy;#"><b>',
  'https://good.test@evil.test/ https://g\u043e\u043ed.test/ javascript:alert(1)',
  '`<b>&lt;` ``<i>`` ~~~<u> <users/all> ~~~',
  '@EVERYONE @Everyone @\uff45veryone @everyon\u200be @all @room @mona:example.org #team',
  'https://evil.test/a)[good.test](https://evil.test/(b',
  'tg://user?id=12345&x',
  'users/all',
  '\u{E0001}\u{E0065}\u{E0076}\u{E0069}\u{E006C}\ufe0f\u200d\u200d',
  '{"content":"x"} </script> &quot; \' " `',
];

/** About 20,000 characters each. */
export const LONG: readonly string[] = [
  'a',
  '<',
  '*_~',
  '👩‍👩‍👧',
  '@everyone ',
  '[x](https://evil.test) ',
  '\\',
  '. ',
].map((text) => text.repeat(Math.ceil(20_000 / text.length)));

/** An activity all of whose texts are this one. Different `n`: of different kinds and places; where it is even that is also the address. `sentence`: it is worded so. */
export function hostileActivity(text: string, n = 1, sentence: string | null = null): Activity {
  return anActivity({
    kind: `issues.${n}`,
    headline: text,
    sentence,
    did: `${text} {it}`,
    actor: { login: text, url: text, avatarUrl: text, isBot: false },
    place: { name: `${text}/${n}`, url: text },
    account: text,
    subject: {
      noun: text,
      handle: text,
      title: text,
      url: n % 2 === 0 ? text : `https://github.com/acme/api/issues/${n}`,
    },
    excerpt: text.slice(0, 3_000),
    facts: Array.from({ length: 9 }, () => text),
    labels: Array.from({ length: 9 }, () => text),
    branch: text,
    occurredAt: 8.64e15,
  });
}

/** More than are named, each with that text for an id everywhere. */
export function hostileMentions(text: string): readonly Mention[] {
  const ids = Object.fromEntries(Object.keys(CHANNELS).map((type) => [type, text]));
  return Array.from({ length: 12 }, (_, index) => ({ name: `${text}${index}`, ids }));
}
