import { channel } from '../../../src/destinations/command/channel.ts';
import { startProgramDouble } from '../../doubles/program-double.ts';
import { OPENING } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { command: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const program = await startProgramDouble();
  const settings = { command: program.command, concurrency: 1, timeout_ms: 30_000 };
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    // An argument may be a key.
    secrets: [program.folder],
    shown: () => program.told,
    tries: () => program.told.map((told, index) => ({ key: program.ids[index] ?? '', told })),
    violations: () => program.told.filter((line) => JSON.parse(line).version !== 1),
    // JSON for programs: texts are as they were written.
    harm: () => [],
    endings: {
      failing: () => program.plan('again'),
      lost: () => program.plan('killed'),
      stuck: () => program.plan('stuck'),
      final: () => program.plan('refused'),
      broken: () => program.plan('missing'),
    },
    lacks: {
      busy: 'an exit code names no time',
      outage: 'a program that is not there is broken: what waits for it stays',
      repeat: 'a program knows it by TIDINGS_ID, which names the same bytes at every try',
    },
    reached: (count) => program.waitFor(count),
    close: async () => {},
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
