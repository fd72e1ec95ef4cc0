import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { aFailedWorkflow, anActivity, content } from '../../../tests/fixtures/activities.ts';
import type { ActivityFields } from '../../model/new-activity.ts';
import { StepBudget } from '../steps.ts';
import { compileTemplate } from './template.ts';

const ORDER = {
  order: { id: 1001, total: 19.9, cents: 1999, count: 20, note: null, tags: ['new', 'b2b'], lines: [{ sku: 'A-1' }] },
  currency: 'EUR',
  paid: true,
  'hyphened-key': 'yes',
  sum: 0.1 + 0.2,
  id: 2 ** 63,
};

function worded(template: string, payload: unknown = ORDER, fields: Partial<ActivityFields> = {}) {
  const compiled = compileTemplate(template);
  assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
  return compiled.template.word(content(anActivity(fields)), payload, new StepBudget());
}

function says(template: string, payload?: unknown, fields?: Partial<ActivityFields>): string {
  const made = worded(template, payload, fields);
  return made.ok ? made.words : `failed: ${made.why}`;
}

function fault(template: string) {
  const compiled = compileTemplate(template);
  assert.ok(!compiled.ok, `${template} should not compile`);
  return { message: compiled.message, under: template.slice(compiled.start, compiled.end) };
}

describe('a template', () => {
  test('puts values of the activity and the payload among its words', () => {
    assert.equal(
      says(
        'Order {{ payload.order.id }} by {{activity.actor.login}}: {{ payload.order.total }} {{ payload.currency }}',
      ),
      'Order 1001 by mona: 19.9 EUR',
    );
    assert.equal(says('no value at all'), 'no value at all');
    assert.equal(says('{{ payload["hyphened-key"] }}, {{ payload.order.lines[0].sku }}'), 'yes, A-1');
    assert.equal(says('{{ activity.subject.handle }} {{ activity.pullRequest }}', {}, { pullRequest: 7 }), '#12 7');
    assert.equal(says('{{ payload }}', 'Backup done'), 'Backup done');
  });

  test('reads numbers, yes and no, and lists as people write them', () => {
    for (const [value, text] of [
      ['payload.order.count', '20'],
      ['payload.order.cents / 100', '19.99'],
      ['payload.order.count + 1', '21'],
      ['payload.order.cents % 100', '99'],
      ['size(payload.order.tags) * 2', '4'],
      ['1.0', '1'],
      ['payload.sum', '0.3'],
      ['payload.order.total * 100', '1990'],
      ['payload.paid', 'true'],
      ['payload.order.tags', 'new, b2b'],
      ['payload.order.lines.map(line, line.sku)', 'A-1'],
      ['"#" + payload.order.id', '#1001'],
      ['payload.order.id + "/" + size(payload.order.tags)', '1001/2'],
      ['"%.2f %s".format([payload.order.cents / 100, payload.currency])', '19.99 EUR'],
      ['"%.2f".format([payload.order.count])', '20.00'],
      ['"%d %% of %s".format([size(payload.order.tags), payload.order.tags])', '2 % of new, b2b'],
      ['payload.currency.lowerAscii()', 'eur'],
      ['payload.order.count > 10 ? "many" : "few"', 'many'],
      ['activity.labels', ''],
    ]) {
      assert.equal(says(`<{{ ${value} }}>`), `<${text}>`, value);
    }
  });

  test('that misses something fails, and says what, unless it says what then', () => {
    assert.equal(says('To {{ payload.customer.name }}'), 'failed: {{ payload.customer.name }}: no customer');
    assert.equal(says('{{ activity.severity }}'), 'failed: {{ activity.severity }}: no severity');
    assert.equal(
      says('{{ payload.order.lines[4].sku }}'),
      'failed: {{ payload.order.lines[4].sku }}: no [4] in a list of 1',
    );
    assert.equal(says('To {{ payload.?customer.?name.orValue("nobody") }}'), 'To nobody');
    assert.equal(
      says('{{ payload.order.?note.orValue("no note") }} {{ payload.order[?"note"].orValue(1) }}'),
      'no note 1',
    );
    assert.equal(says('{{ payload.order.note == null ? "no note" : payload.order.note }}'), 'no note');
    assert.equal(says('On {{ activity.?branch.orValue("no branch") }}'), 'On no branch');
    assert.equal(says('{{ has(payload.customer) ? payload.customer : "nobody" }}'), 'nobody');
    assert.equal(says('{{ payload.order.id }}', null).slice(0, 7), 'failed:');
  });

  test('never tells null, undefined or an object', () => {
    assert.match(says('{{ payload.order.note }}'), /^failed: .*: it is null$/);
    assert.match(says('{{ payload.order }}'), /^failed: .*: it has fields of its own/);
    assert.match(says('{{ payload.order.lines }}'), /^failed: .*: it has fields of its own/);
    assert.match(says('{{ payload.l }}', { l: [[1]] }), /^failed: .*: a list in a list/);
    assert.match(says('{{ payload.id }}'), /^failed: .*: it is too large a number/);
    assert.match(says('{{ 1.0 / 0.0 }}'), /^failed: /);
    assert.match(says('{{ "%.2f".format([payload.currency]) }}'), /^failed: .*: %\.2f takes a number$/);
    assert.match(says('{{ "%s %s".format([payload.currency]) }}'), /^failed: .*: %s has no value$/);
    assert.match(says('{{ "%x".format([1]) }}'), /^failed: .*: %x is not known here/);
    assert.match(says('{{ "%.2f".format([payload.id * payload.id]) }}'), /^failed: /);
    assert.match(says('{{ "a" + payload.order.note }}'), /^failed: .*: these cannot go together: string \+ null$/);
    assert.match(says('{{ payload.constructor.name }} {{ payload.toString }}', {}), /^failed: .*: no constructor/);
    assert.equal(says('{{ payload.a }}', { a: ' \n ' }), 'failed: it says nothing');
  });

  test('is one line of at most 400 characters, whatever the payload holds', () => {
    assert.equal(says('  a\n  {{ payload.a }}\n', { a: 'b\r\n\tc ' }), 'a b c');
    for (const huge of ['x'.repeat(5_000_000), 'x'.repeat(399) + '😀'.repeat(9), Array(200_000).fill('item')]) {
      const line = says('{{ payload.a }} {{ payload.a }}', { a: huge });
      assert.ok(line.length <= 400 && line.endsWith('…') && line.isWellFormed(), line.slice(-20));
    }
  });

  test('takes a field out of a large payload at no cost, and comes to an end whatever it asks', () => {
    const large = { rows: Array.from({ length: 50_000 }, (_, id) => ({ id, name: `row ${id}` })), id: 7 };
    assert.equal(
      says('{{ payload.id }} {{ payload.rows[2].name }} {{ payload.rows[3].name }}', large),
      '7 row 2 row 3',
    );
    const pairs = 'payload.rows.exists(a, payload.rows.exists(b, a == b && a.id < 0))';
    assert.equal(says(`{{ ${pairs} }}`, large), `failed: {{ ${pairs} }}: it takes too long`);
    assert.match(says('{{ payload.rows.all(a, payload == payload) }}', large), /it takes too long$/);
  });

  test('braces and quotes within an expression are its own', () => {
    for (const [template, text] of [
      ['{{ {"a": {"b": "c"}}.a.b }}', 'c'],
      ['{{{"a": 1}.a}}', '1'],
      ['{{ "}}" }}{{ \'{{\' }}', '}}{{'],
      ['{{ "\\"}}" }}', '"}}'],
      ['{{ r"\\d}}" }}', '\\d}}'],
      ['{{ """ " }} """ }}.', '" }} .'],
      ['{ {{ payload.paid }} } {x}', '{ true } {x}'],
    ] as const) {
      assert.equal(says(template), text, template);
    }
  });

  test('of a run says how it compares, and what failed nobody did', () => {
    const failed = { asked: { activity: aFailedWorkflow(), transition: 'broke' as const } };
    const compiled = compileTemplate('{{ activity.transition }}: {{ activity.headline }}');
    assert.ok(compiled.ok);
    assert.deepEqual(compiled.template.word(failed.asked, {}, new StepBudget()), {
      ok: true,
      words: 'broke: Workflow failed',
    });
  });
});

test('whatever is written, and whatever is sent, it is a line, or says why there is none', () => {
  const pieces = fc.constantFrom(
    '{{',
    '}}',
    '{',
    '}',
    '"',
    "'",
    '\\',
    ' payload',
    '.a',
    '.?a',
    '[0]',
    ' + ',
    '1',
    'x',
    '\n',
    '??',
    '|',
  );
  const template = fc.oneof(
    fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
    fc.constantFrom(
      '{{ payload.a }}',
      '{{ payload.?a.orValue(1) }} x',
      '{{ payload.a[0] }}',
      '{{ "%.2f".format([payload.a]) }}',
    ),
  );
  fc.assert(
    fc.property(template, fc.record({ a: fc.jsonValue({ maxDepth: 3 }) }), (text, payload) => {
      const compiled = compileTemplate(text);
      if (!compiled.ok) {
        assert.ok(compiled.message.length > 0 && compiled.start >= 0 && compiled.end <= text.length + 1, text);
        return;
      }
      const made = compiled.template.word(content(anActivity()), payload, new StepBudget());
      if (!made.ok) assert.ok(made.why.length > 0, text);
      else assert.ok(made.words.length <= 400 && made.words === made.words.trim() && !/\n/.test(made.words), text);
    }),
    { numRuns: 300 },
  );
});

describe('a fault of a template is found when it is compiled', () => {
  test('a field that is none, at its very characters', () => {
    assert.deepEqual(fault('Order by {{ activity.actr.login }}'), {
      message: 'an activity has no "actr". Did you mean "actor"?',
      under: 'actr',
    });
    assert.deepEqual(fault('{{ payload.a }} {{ paylod.b }}'), {
      message: '"paylod" is not known here: everything is in `activity` and `payload`. Did you mean "payload"?',
      under: 'paylod',
    });
    assert.deepEqual(fault('{{ order.id }}'), {
      message: '"order" is not known here: a field of the payload is written payload.order, and a text in quotes.',
      under: 'order',
    });
    assert.match(fault('{{ author }}').message, /write activity\.author\./);
    assert.match(fault('{{ body.id }}').message, /^what came is called payload here/);
    assert.match(fault('{{ activity.payload.id }}').message, /^the payload stands beside the activity/);
    assert.match(fault('{{ env.TEAM }}').message, /^a variable of the environment is written \$\{NAME\}/);
  });

  test('what is no text', () => {
    assert.deepEqual(fault('by {{ activity.actor }}!'), {
      message: 'activity.actor has several fields, and one is told: write activity.actor.login.',
      under: 'activity.actor',
    });
    assert.match(fault('{{ activity }}').message, /write activity\.headline/);
    assert.match(fault('{{ {"a": 1} }}').message, /^has fields of its own/);
    assert.match(fault('{{ [[1]] }}').message, /^is no list of texts/);
    assert.match(fault('{{ payload.?a }}').message, /^may be missing: .*payload\.\?a\.orValue\("…"\)/);
    assert.match(fault('{{ null }}').message, /^is no text/);
    assert.match(fault('{{ timestamp(payload.at) }}').message, /^times are texts here/);
  });

  test('braces that do not close, hold nothing, or are one too few', () => {
    assert.deepEqual(fault('a {{ payload.b }'), { message: '`{{` begins a value, and no `}}` ends it.', under: '{{' });
    assert.equal(fault('{{ "a }}').under, '{{');
    assert.deepEqual(fault('a payload.b }}'), { message: '`}}` ends a value that no `{{` begins.', under: '}}' });
    assert.deepEqual(fault('a {{  }}').under, '{{  }}');
    assert.deepEqual(fault('Order {payload.order.id}'), {
      message: 'a value stands in two braces: write {{ payload.order.id }}.',
      under: '{payload.order.id}',
    });
  });

  test('what other languages of templates have', () => {
    assert.match(fault('{{ payload.name | upper }}').message, /^CEL has no filters/);
    assert.match(fault('{{#if payload.a}}x{{/if}}').message, /^a choice is written/);
    assert.match(fault('{% if payload.a %}').message, /a choice is written/);
    assert.match(fault('{{ payload.a ?? "b" }}').message, /orValue/);
    assert.match(fault('{{ payload.a || "b" }}').message, /orValue/);
    assert.match(fault('{{ payload.a }'.repeat(400)).message, /^is longer than 2000 characters/);
  });
});
