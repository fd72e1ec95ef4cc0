import { ConnectError } from '../../../model/plugin/connect.ts';
import type { Written } from '../../../model/plugin/plugin.ts';
import type { Settings } from '../../../model/plugin/talk.ts';
import { suggest } from '../../../shared/suggest.ts';
import type { AppSettings, Hearing } from './app-manifest.ts';
import { FEATURES, type Feature } from './needs.ts';

const TOKEN = '${SLACK_BOT_TOKEN}';

type Own = Pick<Settings, 'ownSources' | 'ownDestinations' | 'peopleByEmail' | 'set'>;

/** What tidings.yaml has switched on of the bot that is connected, and what is said to be wanted beside it (`cards,direct`). @throws ConnectError */
export function switchedOn(
  { ownSources, ownDestinations, peopleByEmail, set }: Own,
  wanted: string | undefined,
): AppSettings {
  const bots = botsIn(Object.values(ownDestinations?.written ?? {}));
  const features = new Set([...bots.flatMap((bot) => featuresOf(bot, peopleByEmail)), ...featuresIn(wanted)]);
  const source = bots.map(({ answers }) => answers).find((named) => typeof named === 'string');
  const written = source === undefined ? undefined : ownSources?.written[source];
  return { features, hearing: hearingOf(source ?? 'slack', written, set) };
}

/** Of one destination, as written or as checked. `peopleByEmail`: people are looked up by whichever can. */
export function featuresOf({ card, direct, answers, menu }: Written, peopleByEmail = false): readonly Feature[] {
  const found: readonly (readonly [unknown, Feature])[] = [
    [card, 'cards'],
    [direct, 'direct'],
    [answers, 'answers'],
    [menu, 'answers'],
    [peopleByEmail && !answers, 'email'],
  ];
  return found.flatMap(([value, feature]) => (value ? [feature] : []));
}

/** Where several apps post, that of the variable which `connect` sets. */
function botsIn(destinations: readonly Written[]): readonly Written[] {
  const bots = destinations.filter(({ type, token }) => type === 'slack' && token !== undefined);
  const ours = bots.filter(({ token }) => token === TOKEN);
  return ours.length > 0 ? ours : bots;
}

function featuresIn(wanted = ''): readonly Feature[] {
  const words = wanted.split(/[\s,]+/).filter(Boolean);
  return words.map((word) => {
    const feature = FEATURES.find((each) => each === word);
    if (feature !== undefined) return feature;
    const near = suggest(word, FEATURES);
    const meant = near === undefined ? '' : ` Did you mean "${near}"?`;
    throw new ConnectError(
      'usage',
      `--with knows no "${word}".${meant} It takes ${FEATURES.join(', ')}, with commas between them.`,
    );
  });
}

/** With a signing secret, or one in the environment, it is received as other webhooks are. */
function hearingOf(name: string, source: Written = {}, set: Settings['set']): Hearing {
  const isCalled = set.text('SLACK_APP_TOKEN') === null && set.text('SLACK_SIGNING_SECRET') !== null;
  if (source['app_token'] !== undefined || (source['secrets'] === undefined && !isCalled)) return { kind: 'socket' };
  return { kind: 'http', url: `${set.base('PUBLIC_URL') ?? 'https://YOUR-ADDRESS'}/webhooks/${name}` };
}
