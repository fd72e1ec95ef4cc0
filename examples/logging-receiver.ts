import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

// New: what a webhook is made of. A name and an id in the headers, everything else in the body.
//   x-github-event        what happened: issues, push, star… What exactly is `action` in the body.
//   x-github-delivery     the id of this event. A redelivery has the same one.
//   x-hub-signature-256   who says so: an HMAC over the body, made with the secret you share with GitHub.
const port = Number(process.env['PORT'] ?? 5000);

createServer((request, response) => {
  text(request).then(
    (body) => {
      print(request, body);
      response.end('thank you\n');
    },
    // The sender went away in mid-body: nobody is left to be answered.
    () => response.destroy(),
  );
}).listen(port, '127.0.0.1', () => {
  console.log(`Waiting. In another terminal: npx tidings send issues.opened --to http://localhost:${port}/webhook`);
});

function print(request: IncomingMessage, body: string): void {
  console.log(`\n${request.method} ${request.url}`);
  for (const [name, value] of Object.entries(request.headers)) console.log(`  ${name.padEnd(22)} ${String(value)}`);
  console.log(readable(body));
}

/** JSON with one value a line. Whatever else arrives is shown as it is: an open port hears from everybody. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return `${body}\n(no JSON: choose content type application/json at GitHub)`;
  }
}
// Close this terminal and all of it is gone. How is nothing forgotten? → receiver-with-db
