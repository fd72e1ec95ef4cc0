import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { CERTIFICATE, PRIVATE_KEY } from '../fixtures/localhost-certificate.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { faultsIn, type Received, receivedOf } from './smtp-rules.ts';
import { waitUntil } from './wait-until.ts';

export const SMTP_USER = 'tidings@acme.test';
/** With all the signs that an address is written around. */
export const SMTP_PASSWORD = 'hush/hush:hush@hush#42';

/** Where in the conversation something happens, and what: an answer with its code, or nothing at all. */
export interface SmtpPlan {
  readonly at: 'connect' | 'auth' | 'mail' | 'rcpt' | 'data';
  /** `drop` and `hang` at `data`: the mail is taken before. */
  readonly answer: `${number} ${string}` | 'drop' | 'hang';
  /** Only for this recipient. */
  readonly to?: string;
}

export interface SmtpDouble extends AsyncDisposable {
  /** With user and password. */
  readonly url: string;
  /** In the order of arrival, repetitions included. */
  readonly mails: readonly Received[];
  /** Rules that were broken. */
  readonly violations: readonly string[];
  /** Connections that were opened; of those that are encrypted, when they are. */
  readonly connections: number;
  plan(...plans: readonly SmtpPlan[]): void;
  /** Resolves when so many mails have come, whole, answered or not. */
  waitFor(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface SmtpDoubleOptions {
  /** Default `none`: plain text. */
  readonly tls?: 'implicit' | 'starttls' | 'none';
  readonly login?: boolean;
}

/** It greets at once, without the tenth of a second in which others look for programs that talk too soon. */
class PromptServer extends SMTPServer {
  override connect(...given: Parameters<SMTPServer['connect']>): void {
    const before = new Set(this.connections);
    super.connect(...given);
    for (const connection of this.connections.difference(before)) {
      const greet = connection.connectionReady.bind(connection);
      let hasGreeted = false;
      connection.connectionReady = (next) => {
        if (!hasGreeted) greet(next);
        hasGreeted = true;
      };
      setImmediate(() => connection.connectionReady());
    }
  }
}

/** A mail server (npm smtp-server) that takes what is not planned otherwise. */
export async function startSmtpDouble({ tls = 'none', login = true }: SmtpDoubleOptions = {}): Promise<SmtpDouble> {
  const mails: Received[] = [];
  const violations: string[] = [];
  const plans: SmtpPlan[] = [];
  const watchers = new Set<() => void>();
  const sockets = new Set<Socket>();
  let connections = 0;

  const planned = (at: SmtpPlan['at'], to?: string): SmtpPlan['answer'] | undefined => {
    const index = plans.findIndex((plan) => plan.at === at && (plan.to === undefined || plan.to === to));
    return index < 0 ? undefined : plans.splice(index, 1)[0]?.answer;
  };
  /** Answers as planned; `yes` where nothing is. */
  const answer = (plan: SmtpPlan['answer'] | undefined, done: (error?: Error | null) => void) => {
    if (plan === undefined) return done();
    if (plan === 'hang') return undefined;
    if (plan === 'drop') return dropAll();
    const [, code, text] = /^(\d+) (.*)$/.exec(plan) ?? [];
    return done(Object.assign(new Error(text), { responseCode: Number(code) }));
  };
  const dropAll = () => {
    for (const socket of sockets) socket.destroy();
  };

  const server = new PromptServer({
    secure: tls === 'implicit',
    key: PRIVATE_KEY,
    cert: CERTIFICATE,
    disabledCommands: tls === 'starttls' ? [] : ['STARTTLS'],
    authOptional: !login,
    allowInsecureAuth: tls === 'none',
    disableReverseLookup: true,
    closeTimeout: 10,
    logger: false,
    onConnect(_session, done) {
      connections++;
      answer(planned('connect'), done);
    },
    onAuth({ username, password }, session, done) {
      if (tls !== 'none' && !session.secure) violations.push('a password in plain text');
      answer(planned('auth'), (error) => {
        const isRight = username === SMTP_USER && password === SMTP_PASSWORD;
        if (error || !isRight)
          done(error ?? Object.assign(new Error('5.7.8 Username and Password not accepted'), { responseCode: 535 }));
        else done(null, { user: username });
      });
    },
    onMailFrom: (_address, _session, done) => answer(planned('mail'), done),
    onRcptTo: ({ address }, _session, done) => answer(planned('rcpt', address), done),
    onData(stream, { envelope }, done) {
      buffer(stream)
        .then(async (raw) => {
          const [{ address: to } = { address: '' }] = envelope.rcptTo;
          const plan = planned('data', to);
          if (plan === undefined || plan === 'drop' || plan === 'hang') {
            const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
            const received = await receivedOf({ from, to: envelope.rcptTo.map(({ address }) => address) }, raw);
            violations.push(...faultsIn(received));
            mails.push(received);
            for (const look of watchers) look();
          }
          answer(plan, done);
        })
        // A sender that was stopped in mid-mail has told nothing.
        .catch(dropAll);
    },
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const who = login ? `${encodeURIComponent(SMTP_USER)}:${encodeURIComponent(SMTP_PASSWORD)}@` : '';
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
      dropAll();
    });
    return closing;
  };
  return {
    url: `${tls === 'implicit' ? 'smtps' : 'smtp'}://${who}localhost:${port}`,
    mails,
    violations,
    get connections() {
      return connections;
    },
    plan: (...more) => void plans.push(...more),
    waitFor: (count) =>
      waitUntil(
        () => mails.length >= count,
        watchers,
        PATIENCE_MS,
        () => mails.map(({ mail }) => mail.subject ?? ''),
      ),
    close,
    [Symbol.asyncDispose]: close,
  };
}
