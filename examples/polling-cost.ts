import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';

// New: the bill. The same loop against the real GitHub, every 30 seconds, counting what it costs.
// Each round asks twice, once plainly and once "only if it changed" (ETag), so that both see the same happenings.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { interval: { type: 'string' }, rounds: { type: 'string' } },
});
const [repo = 'nodejs/node'] = positionals;
const [interval, rounds] = [Number(values.interval) || 30, Number(values.rounds) || 10];
const { GITHUB_TOKEN: token, GITHUB_API_URL: api = 'https://api.github.com' } = process.env;
// One page: were more opened between two rounds, some would be missed.
const url = `${api}/repos/${repo}/issues?state=all&sort=created&direction=desc&per_page=30`;

type Issue = { readonly number: number; readonly title: string; readonly created_at: string };
/** `isCounted`: GitHub's own counter moved. `delays`: for each new issue, the seconds from its opening until we knew. */
type Answer = { readonly status: number; readonly isCounted: boolean; readonly delays: readonly number[] };
let [used, limit] = [0, 0];

console.log(`Asking for the newest issues of ${repo} every ${interval} s, ${rounds} rounds, plainly and with ETag.`);
if (!token) console.log('Without GITHUB_TOKEN: 60 requests an hour in all, and a 304 counts like any other answer.');
const [askPlainly, askWithEtag] = [createAsker(false), createAsker(true)];
const plain: Answer[] = [];
const conditional: Answer[] = [];
await askPlainly(); // What is there already is no news.
await askWithEtag();
for (let round = 1; round <= rounds; round++) {
  await setTimeout(interval * 1000);
  plain.push(await askPlainly());
  conditional.push(await askWithEtag());
}
report('Asked plainly', plain);
report('Asked with ETag', conditional);
console.log('\nETag saves what the limit counts, but not a second of delay. Could GitHub call us? → minimal-receiver');

function createAsker(isConditional: boolean): () => Promise<Answer> {
  let etag: string | null = null;
  let newest: number | null = null;
  return async () => {
    const headers = new Headers({ accept: 'application/vnd.github+json' });
    if (token) headers.set('authorization', `Bearer ${token}`);
    if (isConditional && etag !== null) headers.set('if-none-match', etag);
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
    const text = await response.text();
    if (!response.ok && response.status !== 304) {
      console.error(`GitHub answered ${response.status}: ${text}`);
      process.exit(1);
    }
    const isCounted = used !== (used = Number(response.headers.get('x-ratelimit-used')));
    limit = Number(response.headers.get('x-ratelimit-limit'));
    etag = response.headers.get('etag') ?? etag;
    const issues: readonly Issue[] = response.status === 304 ? [] : JSON.parse(text);
    const news = newest === null ? [] : issues.filter(({ number }) => number > (newest ?? 0));
    newest = Math.max(newest ?? 0, ...issues.map(({ number }) => number));
    const delays = news.map((issue) => (Date.now() - Date.parse(issue.created_at)) / 1000);
    const words = news.map(({ number, title }, i) => `#${number} ${title}, opened ${delays[i]?.toFixed(1)} s ago`);
    console.log(`${isConditional ? 'ETag ' : 'plain'}  ${response.status}  ${words.join('; ') || 'nothing new'}`);
    return { status: response.status, isCounted, delays };
  };
}

function report(title: string, answers: readonly Answer[]): void {
  const share = (is: (answer: Answer) => boolean) => answers.filter(is).length / answers.length;
  const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
  const counted = share((answer) => answer.isCounted);
  const ofLimit = (repos: number) => percent((repos * counted * (3600 / interval)) / limit);
  const delays = answers.flatMap((answer) => answer.delays);
  const seconds = (value: number) => (delays.length === 0 ? 'no news came' : `${value.toFixed(1)} s`);
  const average = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
  console.log(`
${title}
  requests a day             ${Math.round(86_400 / interval)}
  had nothing new            ${percent(share((answer) => answer.delays.length === 0))}
  had no body (304)          ${percent(share((answer) => answer.status === 304))}
  average delay              ${seconds(average)} (half the interval is ${interval / 2} s)
  worst delay                ${seconds(Math.max(...delays))}
  counted by the rate limit  ${percent(counted)}
  of the hourly limit        ${ofLimit(1)} for 1 repository, ${ofLimit(10)} for 10, ${ofLimit(100)} for 100`);
}
