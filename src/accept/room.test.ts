import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createRoom } from './room.ts';

const KIB = 1024;

test('a reservation that does not fit is refused and takes nothing', () => {
  const room = createRoom({ maxInFlightBytes: 1_000 * KIB, maxBodyBytes: 500 * KIB });
  assert.ok(room.reserve(500 * KIB));
  assert.equal(room.reserve(500 * KIB), null);
  assert.equal(room.usedBytes(), 500 * KIB);
});

test('large bodies leave the last sixteenth to small ones', () => {
  const room = createRoom({ maxInFlightBytes: 1_600 * KIB, maxBodyBytes: 800 * KIB });
  assert.ok(room.reserve(800 * KIB));
  assert.equal(room.reserve(701 * KIB), null);
  assert.ok(room.reserve(700 * KIB));
  assert.ok(room.reserve(64 * KIB));
  assert.equal(room.reserve(64 * KIB), null, 'the room is full for small ones too');
});

test('one body of the largest size always fits an empty room', () => {
  const room = createRoom({ maxInFlightBytes: 500 * KIB, maxBodyBytes: 500 * KIB });
  assert.ok(room.reserve(500 * KIB));
});

test('property: no more than the limit is ever held, and all of it is given back', () => {
  const step = fc.record({ bytes: fc.nat(200_000), grow: fc.nat(400_000), releases: fc.nat(2) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const room = createRoom({ maxInFlightBytes: 1_000_000, maxBodyBytes: 300_000 });
      const held = [];
      for (const { bytes, grow, releases } of steps) {
        const reservation = room.reserve(bytes);
        if (reservation === null) continue;
        reservation.growTo(grow);
        for (let i = 0; i < releases; i++) reservation.release();
        if (releases === 0) held.push(reservation);
        assert.ok(room.usedBytes() >= 0 && room.usedBytes() <= 1_000_000);
      }
      for (const reservation of held) reservation.release();
      assert.equal(room.usedBytes(), 0);
    }),
  );
});
