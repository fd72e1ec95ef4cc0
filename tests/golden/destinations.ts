import { CHANNELS } from '../../src/catalog.ts';
import type { Activity } from '../../src/model/activity.ts';
import type { Mention } from '../../src/model/notification.ts';
import type { DestinationUnderTest } from '../conformance/destination-under-test.ts';
import { aNotification, digest } from '../fixtures/activities.ts';
import { sendAs } from '../support/sending.ts';
import { allSamples } from './providers.ts';
import { writtenFile } from './written.ts';

/** How people meet each kind of news: long and short, good and bad, with an excerpt and without, of every provider. */
const TOLD = [
  'pull_request.opened',
  'pull_request.merged',
  'issues.opened',
  'workflow_run.completed',
  'push',
  'star.created',
  'charge.failed',
  'charge.dispute.created',
  'app_mention',
];

const CALLED: readonly Mention[] = [
  { name: 'here', ids: {}, audience: 'here' },
  { name: 'mona', ids: { slack: 'U012AB3CD', discord: '80351110224678912' } },
  { name: 'lena-k', ids: {} },
];

/** `destinations/slack-bot.txt` → what arrives there of each of TOLD, then of all in one digest; and how what people write is shown; or of those types alone. */
export async function destinationFiles(only: readonly string[] = []): Promise<ReadonlyMap<string, string>> {
  const types = Object.keys(CHANNELS).filter((type) => only.length === 0 || only.includes(type));
  const told = types.length === 0 ? [] : (await allSamples()).filter(({ kind }) => TOLD.includes(kind));
  const files = new Map<string, string>(only.length === 0 ? [['destinations/written.txt', writtenFile()]] : []);
  for (const type of types) {
    const { variants } = (await import(`../conformance/destinations/${type}.ts`)) as {
      readonly variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>>;
    };
    for (const [name, make] of Object.entries(variants)) {
      await using under = await make();
      files.set(`destinations/${name.replaceAll(/\W+/g, '-')}.txt`, await arrivals(under, told));
    }
  }
  return files;
}

async function arrivals(under: DestinationUnderTest, told: readonly Activity[]): Promise<string> {
  const entries: string[] = [];
  const send = async (title: string, message: Parameters<DestinationUnderTest['destination']['send']>[0]) => {
    const before = under.shown().length;
    const { kind } = await sendAs(under.destination, message, null, AbortSignal.timeout(60_000));
    entries.push(`=== ${title}\n${kind}\n${under.shown().slice(before).map(readable).join('\n')}\n`);
  };
  for (const [index, activity] of told.entries()) {
    await send(activity.kind, { kind: 'single', notification: aNotification(activity, index + 1) });
  }
  const [first] = told;
  if (first)
    await send('somebody and everybody is called', { kind: 'single', notification: aNotification(first, 99, CALLED) });
  if (under.destination.digestOver !== null) await send(`a digest of ${told.length}`, digest(told));
  const worded = told.slice(0, 3).map(inWords);
  for (const [index, activity] of worded.slice(0, 2).entries()) {
    await send('in the words of a template', { kind: 'single', notification: aNotification(activity, index + 200) });
  }
  if (under.destination.digestOver !== null) await send('a digest in the words of a template', digest(worded));
  if (first && !under.lacks.repeat) {
    const again = { kind: 'single', notification: aNotification(first, 100), maybeRepeated: true } as const;
    await send('what may have arrived before', again);
    await send('a digest that may have arrived before', { ...digest(told.slice(0, 3)), maybeRepeated: true });
  }
  return entries.join('\n');
}

/** The first says little, the second more than one line holds, and names another host than its page's. */
function inWords(activity: Activity, index: number): Activity {
  const long = 'is what nobody on call would have to read at night, but for the one who asked for it in tidings.yaml';
  const sentence = index === 0 ? 'Support has a new case' : `<!here> [${activity.kind}](https://evil.test) ${long}`;
  return { ...activity, said: { ...activity.said, sentence } };
}

/** JSON a line a value. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
