import type { Clock } from '../../shared/clock.ts';

/** How old what is known of a session may be while its answer goes on. */
const KNOWN_MS = 5_000;

/**
 * The same answer, until `isOpen` says no or cannot say: then it ends before its next piece. A stream that is silent says at most that it is
 * alive, and so is asked too.
 */
export function whileOpen(
  response: Response,
  isOpen: () => Promise<boolean>,
  clock: Pick<Clock, 'monotonic'>,
): Response {
  let known = clock.monotonic();
  const guard = new TransformStream<Uint8Array, Uint8Array>({
    async transform(piece, controller) {
      if (clock.monotonic() - known >= KNOWN_MS) {
        // A database that is away says neither: whoever reads asks again, and is asked then.
        if (!(await isOpen().catch(() => false))) return controller.terminate();
        known = clock.monotonic();
      }
      controller.enqueue(piece);
    },
  });
  const { status, headers } = response;
  return new Response(response.body?.pipeThrough(guard) ?? null, { status, headers });
}
