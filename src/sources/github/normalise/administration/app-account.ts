import { linkOrNull, type Payload, text, textOrNull } from '../../../../shared/payload.ts';
import { asWords } from '../../../../telling/parts.ts';
import type { FamilyOutput } from '../family.ts';
import { accountPage } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';

const TARGET = wordTable({ renamed: ['Account renamed', 'renamed the account {repo}'] });
const AUTHORIZATION = wordTable({ revoked: ['App authorization revoked', 'no longer lets the app act for them'] });

/** The account that an app is installed on: a person's, an organization's (`login`) or an enterprise's (`slug`). */
export function installationTarget(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const name = textOrNull(payload, 'account.slug') ?? text(payload, 'account.login');
  const before = textOrNull(payload, 'changes.login.from') ?? textOrNull(payload, 'changes.slug.from');
  const words = wordsFor(action, TARGET, 'account');
  const isOther = action === 'renamed' && before !== null && before !== name;
  return {
    ...told(action, isOther ? { ...words, did: `renamed the account ${asWords(before)} to {repo}` } : words),
    subject: {
      noun: 'account',
      handle: null,
      title: name,
      url: linkOrNull(payload, 'account.html_url') ?? accountPage(payload, name),
    },
    account: name,
  };
}

/** Sent to the app whose authorization a person took back; every app receives it, whether it asks for it or not. */
export function githubAppAuthorization(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const login = text(payload, 'sender.login');
  return {
    ...told(action, wordsFor(action, AUTHORIZATION, 'app authorization')),
    subject: { noun: 'authorization', handle: login, title: login, url: accountPage(payload, login) },
  };
}
