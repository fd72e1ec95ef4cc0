import { resolve as resolvePath } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { PATIENCE_MS } from './patience.ts';
import { V8 } from './tidings-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const KEYS = { enter: '\r', up: '\u001B[A', down: '\u001B[B', 'ctrl-c': '\u0003', left: '\u001B[D', right: '\u001B[C' };

/** A program at a real pseudo-terminal, with somebody in front of it. */
export interface TerminalSession extends AsyncDisposable {
  /** Everything the terminal was sent so far, without control sequences. */
  readonly text: string;
  /** The same with them: for what must never be sent. */
  readonly raw: string;
  /** Resolves when `pattern` shows in what came since the last answer; rejects after `PATIENCE_MS` or when it ends before. */
  shows(pattern: RegExp): Promise<void>;
  /** Types as a person does; `answer` waits for the question first and presses enter after. */
  type(text: string): void;
  press(key: keyof typeof KEYS): void;
  answer(question: RegExp, text: string): Promise<void>;
  /** Waits for the question, then presses the keys. */
  choose(question: RegExp, ...keys: readonly (keyof typeof KEYS)[]): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code. */
  readonly ended: Promise<number>;
  /** The same; rejects with what it shows when it has not ended after `PATIENCE_MS`. */
  ends(): Promise<number>;
}

/** `tidings <args>` in a terminal of 200 columns (nothing is folded there), with no settings but these. */
export function runInTerminal(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): TerminalSession {
  const settings = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    DATA_DIR: `${cwd}/data`,
    ...(V8 && { NODE_OPTIONS: V8 }),
    ...env,
  };
  return inTerminal(process.execPath, [resolvePath(ROOT, 'bin/tidings.js'), ...args], cwd, settings);
}

/** Any program in such a terminal. */
export function inTerminal(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  columns = 200,
): TerminalSession {
  const program = spawn(file, [...args], { name: 'xterm-256color', cols: columns, rows: 40, cwd, env });
  let raw = '';
  let heard = 0;
  let code: number | null = null;
  const watchers = new Set<() => void>();
  const look = () => {
    for (const each of watchers) each();
  };
  program.onData((data) => {
    raw += data;
    look();
  });
  const ended = new Promise<number>((resolve) => {
    program.onExit(({ exitCode }) => {
      code = exitCode;
      resolve(exitCode);
      look();
    });
  });
  const textSince = (start: number) => stripVTControlCharacters(raw.slice(start)).replaceAll('\r', '');

  function shows(pattern: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => done(`${PATIENCE_MS / 1000} s passed`), PATIENCE_MS);
      const done = (problem: string | null) => {
        watchers.delete(check);
        clearTimeout(timer);
        if (problem === null) resolve();
        else reject(new Error(`${problem} before ${pattern} showed:\n${textSince(0)}`));
      };
      const check = () => {
        if (pattern.test(textSince(heard))) done(null);
        else if (code !== null) done(`it ended with ${code}`);
      };
      watchers.add(check);
      check();
    });
  }

  function type(text: string): void {
    heard = raw.length;
    program.write(text);
  }

  const session: TerminalSession = {
    get text() {
      return textSince(0);
    },
    get raw() {
      return raw;
    },
    shows,
    type,
    press: (key) => type(KEYS[key]),
    async answer(question, text) {
      await shows(question);
      type(text);
      program.write(KEYS.enter);
    },
    async choose(question, ...keys) {
      await shows(question);
      type('');
      for (const key of keys) program.write(KEYS[key]);
    },
    kill: (signal) => program.kill(signal),
    ended,
    ends: () => {
      const limit = new Promise<number>((_resolve, reject) => {
        const fail = () => reject(new Error(`it has not ended:\n${textSince(0)}`));
        const timer = setTimeout(fail, PATIENCE_MS);
        void ended.then(() => clearTimeout(timer));
      });
      return Promise.race([ended, limit]);
    },
    async [Symbol.asyncDispose]() {
      if (code === null) program.kill('SIGKILL');
      await ended;
    },
  };
  return session;
}
