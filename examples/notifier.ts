import { createTidings, describe, destination, generatedSecret, githubActivity, githubSource } from 'tidings';

// New: none of it is ours. Verified, stored before the answer, told once and in order, tried again for a day. Tidings in thirty lines.
const { DATA_DIR: home = 'data', EXAMPLES_DIR: folder = 'examples/data' } = process.env;
const github = githubSource({ secrets: [process.env['GITHUB_WEBHOOK_SECRET'] || generatedSecret(home)] });

/** A branch of our own: other words for discussions than Tidings has. */
type Payload = { action: string; discussion: { number: number; title: string; html_url: string } };
function tell({ action, discussion: { number, title, html_url: url } }: Payload) {
  const subject = { noun: 'discussion', handle: `#${number}`, title, url };
  return { action, headline: `Discussion ${action}`, subject };
}

const tidings = await createTidings({
  database: `${folder}/notifier.db`,
  sources: [{ ...github, normalise: (e) => (e.type === 'discussion' ? githubActivity(e, tell) : github.normalise(e)) }],
  rules: [{ on: { issues: ['opened'], discussion: ['created'] }, ignore: 'bots', to: 'terminal' }],
  // A destination of our own. There are slackDestination, httpDestination and consoleDestination too.
  destinations: [destination({ name: 'terminal', send: (message) => console.log(`→ ${describe(message)}`) })],
  log: 'warn',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void tidings.stop());
await tidings.start();
const { url } = await tidings.listen({ port: Number(process.env['PORT'] ?? 5000) });
console.log(`Waiting. In another terminal: npx tidings send issues.opened --to ${url}/webhooks/github`);
