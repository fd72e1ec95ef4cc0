import { CATALOG } from '../catalog.ts';
import { plainKeys, rowsOf } from '../config/rows.ts';
import { readSlackSettings, type SlackSettings } from '../config/slack-settings.ts';
import type { SlackDesk } from '../model/slack-desk.ts';
import { systemClock } from '../shared/clock.ts';
import type { Surroundings } from './surroundings.ts';

export function slack({ env, cwd }: Surroundings): {
  settings(): Promise<SlackSettings>;
  desk(): Promise<SlackDesk>;
} {
  const settings = () => readSlackSettings(env, cwd, async () => plainKeys(await rowsOf(CATALOG)));
  return {
    settings,
    async desk() {
      const [{ slackDesk }, { apiUrl }] = await Promise.all([import('../destinations/slack/desk.ts'), settings()]);
      return slackDesk({ apiUrl, clock: systemClock });
    },
  };
}
