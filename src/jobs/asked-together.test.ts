import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedTogether } from './asked-together.ts';

test('who asks in one turn is answered by one question, each after what the one before did at once', async () => {
  const done: string[] = [];
  let questions = 0;
  const ask = askedTogether(async () => `answer ${++questions}`);
  const asker = async (name: string) => {
    const answer = await ask();
    done.push(`${name}: ${answer}`);
    await Promise.resolve();
    await Promise.resolve();
    done.push(`${name} left`);
  };
  await Promise.all([asker('a'), asker('b'), asker('c')]);
  assert.deepEqual(done, ['a: answer 1', 'a left', 'b: answer 1', 'b left', 'c: answer 1', 'c left']);
  await asker('d');
  assert.equal(done.at(-2), 'd: answer 2');
});

test('who asks while a question is on its way is not answered by it', async () => {
  const asked = [Promise.withResolvers<boolean>(), Promise.withResolvers<boolean>()];
  const onTheWay = Promise.withResolvers<void>();
  let questions = 0;
  const ask = askedTogether(() => {
    onTheWay.resolve();
    return asked[questions++]?.promise ?? assert.fail('asked thrice');
  });
  const early = ask();
  await onTheWay.promise;
  const late = ask();
  asked[0]?.resolve(true);
  asked[1]?.resolve(false);
  assert.deepEqual([await early, await late, questions], [true, false, 2]);
});

test('a question that fails fails for all who asked it, and for nobody else', async () => {
  let questions = 0;
  const ask = askedTogether(async () => {
    if (++questions === 1) throw new Error('away');
    return true;
  });
  const both = await Promise.allSettled([ask(), ask()]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal(await ask(), true);
});
