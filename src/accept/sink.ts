import { release } from '../shared/release.ts';
import { Blocks } from './blocks.ts';
import type { ByteBudget, CutOff } from './byte-budget.ts';
import type { Inbound, Sink } from './inbound.ts';
import { areTiny } from './tiny-pieces.ts';

/**
 * Gathers a body of at most `maxBytes`, as far as the budget goes. One that comes in one piece, as most do, is taken as it
 * is. All others are copied into blocks that grow with what has come: a silent sender costs nothing, and one that sends
 * byte by byte does not hold a hundred times what it sent.
 */
export function createSink({ declared, isFramed }: Inbound, maxBytes: number, budget: ByteBudget): Sink {
  const blocks = new Blocks(isFramed && declared !== null ? declared : maxBytes);
  let body: Buffer | undefined;
  let pieces = 0;
  let onCutOff: ((why: CutOff) => void) | undefined;
  const share = budget.open((why) => {
    drop();
    onCutOff?.(why);
  });

  function takeWhole(chunk: Uint8Array): 'over_budget' | undefined {
    if (!share.growTo(chunk.length)) return 'over_budget';
    blocks.take(chunk);
    return undefined;
  }

  function copy(chunk: Uint8Array): 'over_budget' | undefined {
    if (!share.growTo(blocks.capacityWith(chunk.length))) return 'over_budget';
    blocks.copy(chunk);
    return undefined;
  }

  function drop(): void {
    blocks.drop();
    if (body !== undefined) release(body);
    body = undefined;
    share.giveBack();
  }

  return {
    add(chunk) {
      share.heard(chunk.length);
      if (isFramed && chunk.length === declared) return takeWhole(chunk);
      const size = blocks.size + chunk.length;
      if (size > maxBytes) return 'too_large';
      pieces += 1;
      if (areTiny(pieces, size)) return 'tiny_pieces';
      const stop = copy(chunk);
      if (isFramed) release(chunk);
      return stop;
    },
    body() {
      share.arrived();
      body = blocks.join();
      return body;
    },
    drop,
    onCutOff(listener) {
      onCutOff = listener;
    },
  };
}
