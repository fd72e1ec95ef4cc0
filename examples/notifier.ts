import { createTidings, describe, destination, generatedSecret, githubActivity, githubSource } from 'tidings';

// The whole: verified, stored before the answer, told once and in order, tried again for a day. Tidings in thirty lines.
const folder = process.env['DATA_DIR'] ?? 'data';
const github = githubSource({ secrets: [process.env['GITHUB_WEBHOOK_SECRET'] || generatedSecret(folder)] });

/** A branch of our own: Tidings stores discussions, but has no words for them yet. */
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
console.log(`Waiting. In another terminal: npm run tidings -- send issues.opened --to ${url}/webhooks/github`);
