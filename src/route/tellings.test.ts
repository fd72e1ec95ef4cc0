import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity, content, person } from '../../tests/fixtures/activities.ts';
import { aRule } from '../../tests/fixtures/rules.ts';
import type { Directory, Rule, Template } from '../model/rule.ts';
import { createRoute } from './route.ts';

const NOON = Date.UTC(2026, 0, 15, 12);
const DIRECTORY: Directory = {
  people: new Map([
    ['mona', { ids: { slack: 'U0MONA' } }],
    ['hubot', { ids: { slack: 'U0HUBOT' } }],
  ]),
  teams: new Map(),
  owners: new Map([['mona-desk', 'mona']]),
};
const MIDDAY = { hours: [{ from: 11 * 60, to: 13 * 60 }], days: [], zone: 'UTC' };
const AFTERNOON = { hours: [{ from: 11 * 60, to: 18 * 60 }], days: [], zone: 'UTC' };

const rule = (name: string, changes: Partial<Rule>) => aRule(name, { issues: {} }, changes);

function decide(rules: readonly Rule[], actor: string) {
  return createRoute(rules, DIRECTORY)(
    content(anActivity({ actor: person(actor), assignees: ['mona', 'hubot'] })),
    NOON,
  );
}

test('what a person did is told to the others, not to them; with nobody else the rule does not match and says why', () => {
  const own = rule('own', { to: ['mona-desk', 'team'], ignore: ['own'] });
  const to = (actor: string) => decide([own], actor).tell.map(({ destination }) => destination);
  assert.deepEqual(to('Mona'), ['team']);
  assert.deepEqual(to('priya-k'), ['mona-desk', 'team']);
  const alone = decide([rule('own', { to: ['mona-desk'], ignore: ['own'] })], 'mona');
  assert.deepEqual(alone.tell, []);
  const check = alone.trace.rules[0]?.checks.at(-1);
  assert.deepEqual(check, { check: 'ignore.own', wanted: 'not by mona', actual: 'mona', ok: false });
});

test('two rules for one destination are one message that calls whom either wants, each once', () => {
  const rules = [rule('a', { mention: ['@mona'] }), rule('b', { mention: ['assignees'] })];
  const [telling, ...others] = decide(rules, 'priya-k').tell;
  assert.equal(others.length, 0);
  assert.deepEqual([telling?.rule, telling?.mentions.map(({ ids }) => ids['slack'])], ['a', ['U0MONA', 'U0HUBOT']]);
});

test('the rule that keeps still the shortest decides when; one that does not keep still tells at once', () => {
  const held = (...rules: readonly Rule[]) => decide(rules, 'mona').tell[0]?.notBefore;
  const [midday, afternoon] = [rule('a', { quiet: MIDDAY }), rule('b', { quiet: AFTERNOON })];
  assert.equal(held(afternoon), Date.UTC(2026, 0, 15, 18));
  assert.equal(held(afternoon, midday), Date.UTC(2026, 0, 15, 13));
  assert.equal(held(afternoon, rule('c', {}), midday), null);
});

test('it is worded by the first rule that asks for it and has a template, else by its source', () => {
  const template = (text: string): Template => ({ text, word: () => ({ ok: true, words: text }) });
  const [one, other, ofSource] = [template('one'), template('other'), template('source')];
  const wording = (rules: readonly Rule[], source = 'github') => {
    const route = createRoute(rules, DIRECTORY, new Map([[source, ofSource]]));
    const { tell } = route(content(anActivity()), NOON);
    return tell.map(({ wording }) => wording && `${wording.by}: ${wording.template.text}`);
  };
  assert.deepEqual(wording([rule('a', {}), rule('b', { template: one }), rule('c', { template: other })]), [
    'rule b: one',
  ]);
  assert.deepEqual(wording([rule('a', { to: ['team', 'desk'], template: one }), rule('b', { to: ['desk', 'room'] })]), [
    'rule a: one',
    'rule a: one',
    'source github: source',
  ]);
  assert.deepEqual(wording([rule('a', {})], 'shop'), [undefined]);
});

test('a rule says whether its messages are one conversation; of two the first that says so, and of none the destination', () => {
  const thread = (...rules: readonly Rule[]) => decide(rules, 'mona').tell[0]?.thread;
  const [quiet, yes, no] = [rule('a', {}), rule('b', { thread: true }), rule('c', { thread: false })];
  assert.deepEqual([thread(quiet), thread(quiet, no, yes), thread(yes, no)], [undefined, false, true]);
});

test('so with cards, and with what is shown in the channel too', () => {
  const told = (...rules: readonly Rule[]) => decide(rules, 'mona').tell[0];
  const [quiet, card, none] = [rule('a', {}), rule('b', { card: true, thread: 'none' }), rule('c', { card: false })];
  assert.deepEqual(
    [told(quiet)?.card, told(quiet, card, none)?.card, told(none, card)?.card],
    [undefined, true, false],
  );
  assert.deepEqual([told(none, card)?.thread, told(quiet)?.broadcast], ['none', undefined]);
  const route = createRoute([quiet, rule('d', { broadcast: ['broke'] }), rule('e', { broadcast: [] })], DIRECTORY);
  const loud = (transition: 'broke' | 'fixed') =>
    route({ activity: anActivity(), transition }, NOON).tell[0]?.broadcast;
  assert.deepEqual([loud('broke'), loud('fixed')], [true, false]);
});
