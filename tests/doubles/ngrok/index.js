// A stand-in for the package @ngrok/ngrok, by https://ngrok.github.io/ngrok-javascript/: `forward` and nothing else. It
// forwards HTTP from a free port, which is in the address it gives. A GET of /__closed or /__connected there makes it
// say so, as a session does that loses its connection and gets it back.
const { createServer, request } = require('node:http');

const OPTIONS = { addr: 'string', authtoken: 'string', domain: 'string', onStatusChange: 'function' };

exports.forward = async (config) => {
  for (const [name, value] of Object.entries(config)) {
    if (typeof value !== OPTIONS[name]) throw new Error(`${name}: not an option of that type`);
  }
  const [host, port] = config.addr.split(':');
  if (config.authtoken !== 'a-token-that-ngrok-knows') {
    throw new Error(
      `authentication failed: The authtoken you specified is invalid: ${config.authtoken}\n\nERR_NGROK_107`,
    );
  }
  const server = createServer((incoming, outgoing) => {
    const status = /^\/__(closed|connected)$/.exec(incoming.url)?.[1];
    if (status !== undefined) {
      config.onStatusChange?.(status);
      outgoing.end();
      return;
    }
    const options = { host, port, method: incoming.method, path: incoming.url };
    const headers = { ...incoming.headers, 'x-forwarded-for': '140.82.115.1', 'x-forwarded-proto': 'https' };
    incoming.pipe(
      request({ ...options, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      }),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://${config.domain ?? `words-${server.address().port}.ngrok-free.app`}`;
  process.stderr.write(`[ngrok stand-in at ${server.address().port}]\n`);
  return {
    url: () => url,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
