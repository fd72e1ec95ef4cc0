import type { Outcome } from '../model/destination.ts';
import type { Connect } from '../model/plugin/connect.ts';
import { type Finding, ok } from '../model/plugin/finding.ts';
import { takeSecret, type Wanted } from '../model/plugin/keeping.ts';
import type { Talk } from '../model/plugin/talk.ts';
import { originOf } from '../shared/origin.ts';
import type { Secret } from '../shared/secret.ts';
import { HELLO_OPTIONS, keepAfterHello } from './keep-after-hello.ts';

/** A service that is reached by the address of a webhook, of which nothing can be asked but to post. */
export interface WebhookService extends Wanted {
  readonly title: string;
  readonly type: string;
  /** Key of tidings.yaml that holds the address. */
  readonly key: string;
  /** Variables that are kept beside the address, and what tidings.yaml says beside it. */
  readonly beside?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  hello(talk: Talk, url: Secret): Promise<Outcome>;
}

/** Takes a webhook, proves it by a hello, and keeps it in `.env`. */
export function webhookConnect(service: WebhookService): Connect {
  const { title, type, key, variable, beside, settings } = service;
  return {
    says: 'take a webhook, post a hello, keep it in .env',
    options: HELLO_OPTIONS,
    examples: [
      ['', 'asks for the address'],
      ['< webhook.txt', 'asks nothing'],
    ],
    note: `The address is a secret and so no option: it is pasted at a prompt, piped in, or set as ${variable}.`,
    async run(talk, typed) {
      const url = await takeSecret(talk, await talk.piped(), service);
      await keepAfterHello(talk, typed, {
        title,
        type,
        where: `${title} by ${originOf(url.reveal())}`,
        variables: { [variable]: url.reveal(), ...beside },
        keys: { [key]: variable },
        ...(settings && { settings }),
        hello: () => service.hello(talk, url),
      });
    },
  };
}

/** What `doctor` says of a webhook that nobody can ask. */
export function unaskable(name: string, url: Secret): Finding {
  const only = 'it can be asked nothing but to post, so nothing was';
  return ok(`webhook of ${name}`, `posts by ${originOf(url.reveal())}; ${only}`);
}
