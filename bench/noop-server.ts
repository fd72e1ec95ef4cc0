import { createServer } from 'node:http';

/** The yardstick: reads the body, does nothing with it, answers 200. Run as a process; prints its port. */
const ANSWER = '{"status":"accepted","id":1}';

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': ANSWER.length });
    response.end(ANSWER);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`);
});
