// What people write and what it should have been. Each tells what is wrong with the text as a predicate, or undefined; an address
// is a secret and is not repeated.

export const ADDRESS_VARIABLE = 'AMQP_URL';

/** https://www.rabbitmq.com/docs/uri-spec */
export function addressProblem(text: string): string | undefined {
  const url = /^amqps?:\/\//.test(text) && !/\s/.test(text) ? URL.parse(text) : null;
  if (url !== null && url.hostname !== '') return undefined;
  return 'must be amqp://user:password@host/vhost, or amqps://….';
}

/** A short string of AMQP: at most 255 bytes. */
export function nameProblem(text: string): string | undefined {
  return Buffer.byteLength(text) <= 255 ? undefined : 'must have 255 bytes at most.';
}

/** `RabbitMQ at host:5672/vhost`, without name and password. */
export function placeOf(url: string): string {
  const { host = '', pathname = '' } = URL.parse(url) ?? {};
  return `RabbitMQ at ${host}${pathname === '/' ? '' : pathname}`;
}
