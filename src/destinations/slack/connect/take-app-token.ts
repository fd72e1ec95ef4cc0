import { takeSecret } from '../../../model/plugin/keeping.ts';
import type { Secret } from '../../../shared/secret.ts';
import { appTokenProblem } from '../shapes.ts';
import { mustHave, type Setup } from './setup.ts';

const VARIABLE = 'SLACK_APP_TOKEN';

const WHERE = 'It is made under Basic Information → App-Level Tokens, with connections:write.';

const STEPS = [
  '',
  '4. Basic Information → App-Level Tokens → Generate Token and Scopes → Add Scope: connections:write → Generate.',
  '   With it Tidings fetches what it is asked; nothing has to be reachable from outside.',
  '',
];

/** What Socket Mode connects with, where it is asked by that. Only a person can make one. Null: it is not needed, or not there yet. */
export async function takeAppToken({ talk, slack, app }: Setup): Promise<Secret | null> {
  if (!app.features.has('answers') || app.hearing.kind !== 'socket') return null;
  const { set } = await talk.settings();
  if (!talk.hasTerminal && set.text(VARIABLE) === null) {
    talk.say(`${VARIABLE} is not set: until it is, nobody can ask. ${WHERE}`);
    return null;
  }
  const token = await takeSecret(talk, null, {
    variable: VARIABLE,
    message: 'The app-level token (it does not show):',
    steps: STEPS,
    problemOf: appTokenProblem,
  });
  mustHave(talk, await slack.socket(token, talk.signal));
  return token;
}
