import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { redactAll } from '../../../shared/secrets/redact.ts';
import { backtestText, checkText, testText } from './trial.ts';
import { MOST_WAITING, TAKEN, type TrialAsk, type TrialReply, type TrialsGiven } from './trial-protocol.ts';

// One question after the other. Whatever a text of somebody's makes of it, time and memory, is this thread's own.

// On Linux that is this thread and those that it starts, and no other: whoever takes webhooks goes first.
if (process.platform === 'linux') setPriority(0, 10);

const port = parentPort;
const given = workerData as TrialsGiven;
let waiting = 0;
let goOn: (() => void) | undefined;

function reply(answer: TrialReply): void {
  port?.postMessage(redactAll(answer));
}

port?.on('message', (ask: TrialAsk | typeof TAKEN) => {
  if (ask === TAKEN) {
    waiting--;
    goOn?.();
    return;
  }
  answer(ask).catch((error: unknown) => {
    reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});

async function answer(ask: TrialAsk): Promise<void> {
  switch (ask.kind) {
    case 'check':
      return reply({ kind: 'checked', value: await checkText(ask, given) });
    case 'test':
      return reply({ kind: 'tested', value: await testText(ask, given) });
    case 'backtest':
      return backtestText(ask, given, async (line) => {
        reply({ kind: 'line', value: line });
        if (++waiting >= MOST_WAITING) await new Promise<void>((resolve) => (goOn = resolve));
      });
  }
}
