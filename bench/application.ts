import { createServer } from 'node:http';

/** An application that takes webhooks and does nothing with them. Run by fork; says its port, and to each message which events came when. */
const seen = new Map<string, number>();

const server = createServer((request, response) => {
  const event = String(request.headers['tidings-event'] ?? seen.size);
  if (!seen.has(event)) seen.set(event, performance.timeOrigin + performance.now());
  request.resume().on('end', () => response.writeHead(200, { 'content-length': 2 }).end('ok'));
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('message', () => process.send?.([...seen.values()]));
process.on('disconnect', () => process.exit());
