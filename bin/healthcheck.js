// The container's HEALTHCHECK: exit code 0 when the server on this machine's PORT answers. The image has no curl.
import { get } from 'node:http';

const port = process.env.PORT || '3000';
const request = get({ host: '127.0.0.1', port, path: '/healthz', timeout: 4000 }, (answer) => {
  answer.resume();
  if (answer.statusCode !== 200) fail(`/healthz on port ${port} answered ${answer.statusCode}`);
});
request.on('timeout', () => request.destroy(new Error('no answer within 4 s')));
request.on('error', (error) => fail(`/healthz on port ${port}: ${error.message}`));

function fail(why) {
  console.error(why);
  process.exitCode = 1;
}
