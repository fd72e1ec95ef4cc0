import { Agent, request } from 'node:http';
import { newGuid } from '../../src/shared/ids.ts';
import { Secret } from '../../src/shared/secret.ts';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { signedHeaders } from '../../src/sources/github/sign.ts';

export interface Posted {
  /** Such as `pull_request.opened`. */
  readonly name: string;
  readonly guid: string;
  readonly status: number;
  /** `accepted` or `duplicate` with the event's id; for a refusal its code. */
  readonly answer: string;
  readonly id: number | null;
  readonly ms: number;
}

/** Plays GitHub: full-size sample payloads, signed, posted, and every answer kept. */
export interface Sender extends Disposable {
  readonly log: readonly Posted[];
  post(name: string): Promise<Posted>;
  /** The first delivery again, byte for byte, as "Redeliver" at GitHub does. */
  repeatFirst(): Promise<Posted>;
  /** Signed with a secret that is not ours. */
  forge(name: string): Promise<Posted>;
  /** Over `concurrency` connections; `onAnswer` sees each as it comes. */
  burst(names: readonly string[], concurrency: number, onAnswer?: (done: number) => void): Promise<readonly Posted[]>;
}

interface Delivery {
  readonly name: string;
  readonly guid: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function openSender(url: string, secret: Secret): Sender {
  const agent = new Agent({ keepAlive: true });
  const log: Posted[] = [];
  let first: Delivery | undefined;
  let n = 0;

  function write(name: string, key: Secret): Delivery {
    const made = sample(name, { n: n++, now: Date.now() });
    if (made === undefined) throw new Error(`there is no sample ${name}`);
    const guid = newGuid();
    const body = Buffer.from(JSON.stringify(made.payload));
    return { name, guid, body, headers: signedHeaders({ type: made.type, guid, body }, key) };
  }

  async function send({ name, guid, headers, body }: Delivery): Promise<Posted> {
    const begun = performance.now();
    const { status, text } = await exchange(url, agent, headers, body);
    const answer: { status?: string; id?: number; error?: { code: string } } = JSON.parse(text);
    const posted = {
      name,
      guid,
      status,
      answer: answer.status ?? answer.error?.code ?? 'no answer',
      id: answer.id ?? null,
      ms: performance.now() - begun,
    };
    log.push(posted);
    return posted;
  }

  return {
    log,
    post(name) {
      const delivery = write(name, secret);
      first ??= delivery;
      return send(delivery);
    },
    repeatFirst() {
      if (first === undefined) throw new Error('nothing was posted yet');
      return send(first);
    },
    forge: (name) => send(write(name, new Secret('a guess'))),
    async burst(names, concurrency, onAnswer) {
      const deliveries = names.map((name) => write(name, secret)).values();
      const answers: Posted[] = [];
      const connection = async () => {
        for (const delivery of deliveries) {
          answers.push(await send(delivery));
          onAnswer?.(answers.length);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, connection));
      return answers;
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function exchange(
  url: string,
  agent: Agent,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } };
    const outgoing = request(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    outgoing.on('error', reject).end(body);
  });
}
