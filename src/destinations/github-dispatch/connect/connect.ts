import { type Connect, ConnectError, type Typed } from '../../../model/plugin/connect.ts';
import { keepVariables, mayReplace, takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { request } from '../../../shared/outbound.ts';
import { notConnected } from '../../connecting.ts';
import { HELLO_OPTIONS, refuseUnlessSent } from '../../keep-after-hello.ts';
import { judgeAnswer } from '../answer.ts';
import { repositoryDispatch } from '../requests.ts';
import type { Target } from '../settings.ts';
import {
  API_VARIABLE,
  apiProblem,
  DEFAULT_API,
  DEFAULT_REF,
  githubTokenProblem,
  repoProblem,
  TOKEN_VARIABLE,
  workflowProblem,
} from '../shapes.ts';
import { lookAt } from './look.ts';

export const connect: Connect = {
  says: 'take a repository and a token that may start its workflows, keep the token in .env',
  options: [
    { flags: '--repo <name>', says: 'the repository, as in acme/api' },
    {
      flags: '--workflow <file>',
      says: 'one workflow, as in deploy.yml; else those that listen to repository_dispatch',
    },
    ...HELLO_OPTIONS,
  ],
  examples: [
    ['--repo acme/api', 'asks for the token, sends an event that no workflow waits for'],
    ['--repo acme/api --workflow deploy.yml < token.txt', 'asks nothing, and starts nothing'],
  ],
  note: `The token is a secret and so no option: it is pasted at a prompt, piped in, or set as ${TOKEN_VARIABLE}.`,
  run: connectGithubDispatch,
};

/** No workflow is written for it. One that listens to every type runs. */
const HELLO_EVENT = 'tidings-hello';

function wanted({ repo, workflow }: Pick<Target, 'repo' | 'workflow'>): Wanted {
  const right = workflow === undefined ? 'Contents' : 'Actions';
  return {
    variable: TOKEN_VARIABLE,
    message: 'The token (it does not show):',
    steps: [
      '1. GitHub → Settings → Developer settings → Fine-grained tokens → Generate new token.',
      `2. Only select repositories: ${repo}. Permissions → ${right}: Read and write.`,
      '3. Copy the token: it begins with github_pat_.',
      '',
    ],
    problemOf: githubTokenProblem,
  };
}

/** Takes both, looks, proves the token where that starts nothing, and keeps it. Nothing is written before. */
async function connectGithubDispatch(talk: Talk, { options }: Typed): Promise<void> {
  const piped = await talk.piped();
  const named = await targetFor(talk, options);
  const token = await takeSecret(talk, piped, wanted(named));
  const api = (await talk.settings()).set.base(API_VARIABLE) ?? DEFAULT_API;
  const problem = apiProblem(api);
  if (problem !== undefined) throw new ConnectError('usage', `${API_VARIABLE} ${problem}`);
  const target: Target = { ...named, token, api_url: api };
  const seen = await lookAt(target, { signal: talk.signal, now: talk.clock.now() });
  if (!seen.ok) throw notConnected(talk, seen);
  talk.say(`${talk.err.green('found')}  ${seen.words}`);
  const variables = { [TOKEN_VARIABLE]: token.reveal() };
  if (!(await mayReplace(talk, variables, options['replace'] === true)))
    return talk.say('Nothing was sent or written.');
  // A workflow_dispatch would run it.
  const greets = options['hello'] !== false && target.workflow === undefined;
  const kept = `${TOKEN_VARIABLE} in ${talk.envFile} (mode 0600)`;
  talk.say(
    greets
      ? `Sends one event "${HELLO_EVENT}" to ${target.repo}, for which no workflow should wait, then keeps ${kept}.`
      : `Starts nothing, so that nobody knows yet whether the token may; keeps ${kept}.`,
  );
  if (options['dryRun'] === true) return talk.say('Dry run: nothing was sent or written.');
  if (greets) await greet(talk, target);
  keepVariables(talk, variables);
  await sayNext(talk, target, seen.defaultBranch);
}

async function targetFor(talk: Talk, { repo: typed, workflow }: Typed['options']) {
  const repo =
    typeof typed === 'string'
      ? typed
      : await talk.ask.text({ message: 'The repository:', instead: 'add --repo acme/api', validate: repoProblem });
  const problem = repoProblem(repo);
  if (problem !== undefined) throw new ConnectError('usage', `--repo ${problem}`);
  if (typeof workflow !== 'string') return { repo };
  const wrong = workflowProblem(workflow);
  if (wrong !== undefined) throw new ConnectError('usage', `--workflow ${wrong}`);
  return { repo, workflow };
}

async function greet(talk: Talk, target: Target): Promise<void> {
  const outbound = repositoryDispatch({ ...target, event_type: HELLO_EVENT }, { tidings: { hello: true } });
  const result = await request({ ...outbound, timeoutMs: 10_000, signal: talk.signal });
  refuseUnlessSent(talk, judgeAnswer(result, target, talk.clock.now()));
  talk.say(`${talk.err.green('sent')}   ${HELLO_EVENT} to ${target.repo}: the token may start workflows`);
}

async function sayNext(talk: Talk, { repo, workflow }: Target, branch: string | null): Promise<void> {
  const { ownDestinations: own } = await talk.settings();
  const name = own?.names.includes('workflow') === true ? 'workflow-2' : 'workflow';
  const ref = branch === null || branch === DEFAULT_REF ? '' : `, ref: ${JSON.stringify(branch)}`;
  const more = workflow === undefined ? '' : `, workflow: ${workflow}${ref}`;
  const where = own === null ? 'tidings.yaml' : talk.shortPath(own.path);
  talk.say(`\nAdd it to ${where} under destinations, and name it in a rule's \`to\`:\n`);
  talk.say(`  ${name}: { type: github-dispatch, repo: ${repo}${more}, token: "\${${TOKEN_VARIABLE}}" }\n`);
  talk.sayNext([['start', 'if it does not run yet; if it does, it picks the change up by itself']]);
}
