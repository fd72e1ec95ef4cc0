import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Provider } from '../../src/model/plugin/provider.ts';
import { Secret } from '../../src/shared/secret.ts';
import { FULL, tried } from '../support/long-form.ts';
import { seeded } from '../support/seeded.ts';
import { requestOf, type SentRequest, schemesOf } from './schemes.ts';
import { verdictOn } from './source.ts';
import { NOW, type Scheme, type SourceFixture, type Spared } from './source-fixture.ts';

/** Bits of a body, and of what no signature covers, in `npm test`; `npm run attack` turns them all. */
const SOME = 100;

/** What only says how the bytes are to be read. */
const TYPE: Spared = { in: 'content-type', why: 'no signature covers it, and what it says is looked up in a list' };

/** A right request with one bit turned. */
interface Flip {
  /** As `Spared` names it. */
  readonly in: string;
  readonly changed: string;
  readonly was: string;
  readonly request: SentRequest;
}

/** Whatever bit is turned of what a scheme rests on, the request is refused: body, address, each header, key. */
export function flippedBits(name: string, provider: Provider<unknown>, fixture: SourceFixture): void {
  for (const scheme of schemesOf(fixture)) {
    const { title = '', secret, configured = secret, settings = {} } = scheme;
    test(`${name}${title}: a bit turned in body, header, time or key is refused, but where the fixture says why not`, async (t) => {
      const source = await provider.source({ name, secrets: [new Secret(configured)], settings });
      const verdict = (request: SentRequest) =>
        verdictOn(source, { name: 'flipped', expect: 'accept', ...request, now: NOW });
      assert.equal((await verdict(requestOf(name, scheme))).verdict, 'accept');
      const known = [TYPE, ...(scheme.spared ?? [])];
      const met = new Set<Spared>();
      const flips = flipsOf(name, scheme, known);
      for (const flip of flips) {
        const found = await verdict(flip.request);
        const said = `${flip.in} ${JSON.stringify(flip.changed)}: ${found.verdict}, ${found.cause}, ${found.status}`;
        // Nor does it look like a fault of ours, for which its sender would come again.
        assert.ok(found.status < 500, said);
        if (found.verdict === 'reject') continue;
        const spared = known.find((each) => each.in === flip.in && (each.when?.(flip.changed, flip.was) ?? true));
        assert.ok(spared !== undefined, said);
        met.add(spared);
      }
      tried(t, flips.length, 'turned bits');
      // Of a body not every bit is turned.
      const needless = known.filter((each) => each !== TYPE && !met.has(each) && (FULL || each.in !== 'body'));
      assert.deepEqual(needless, [], 'what is refused anyway is no exception');
    });
  }
}

function flipsOf(name: string, scheme: Scheme, known: readonly Spared[]): readonly Flip[] {
  const right = requestOf(name, scheme);
  const flips: Flip[] = [];
  const add = (where: string, was: string, asked: (changed: string) => SentRequest) => {
    const isLong = where === 'body' || known.some((each) => each.in === where && each.when === undefined);
    for (const changed of turned(was, FULL || !isLong ? Number.POSITIVE_INFINITY : SOME)) {
      flips.push({ in: where, changed, was, request: asked(changed) });
    }
  };
  // Each byte a character, as headers come.
  add('body', right.body.toString('latin1'), (body) => ({ ...right, body: Buffer.from(body, 'latin1') }));
  if (scheme.signsUrl) add('url', right.url, (url) => ({ ...right, url }));
  for (const [header, value] of Object.entries(right.headers)) {
    add(header, value, (changed) => ({ ...right, headers: { ...right.headers, [header]: changed } }));
  }
  // Signed by another key, not verified by it: every Secret that was ever made is looked for in each text that follows.
  add('key', scheme.secret, (secret) => requestOf(name, { ...scheme, secret }));
  return flips;
}

/** Every text that is one bit away, or about so many of them. */
function* turned(text: string, most: number): Generator<string> {
  const random = seeded(7);
  const share = most / (text.length * 8);
  for (let at = 0; at < text.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      if (share < 1 && random() >= share) continue;
      yield text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1);
    }
  }
}
