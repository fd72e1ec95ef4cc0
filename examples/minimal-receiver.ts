import { createServer } from 'node:http';

// New: GitHub calls us, one request for each thing that happens, when it happens. Until then this costs nothing.
const port = Number(process.env['PORT'] ?? 5000);

createServer((request, response) => {
  console.log(request.method, request.url, request.headers['x-github-event']);
  // The body is read to its end, or the sender's connection would hang. Then any 2xx means "I have it".
  request.resume().on('end', () => response.end('thank you\n'));
}).listen(port, '127.0.0.1', () => {
  console.log(`Waiting. In another terminal: npx tidings send issues.opened --to http://localhost:${port}/webhook`);
});
// It says that something happened, but what? → logging-receiver
