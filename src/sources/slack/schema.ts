import * as z from 'zod/mini';
import { secret, shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { appTokenProblem } from './socket/app-token.ts';

export const SCHEMA: Schema = {
  text: "an app's events, shortcuts and commands, see [Slack as a source](sources/slack.md).",
  variables: {
    SLACK_APP_TOKEN: {
      without: null,
      text: 'The app-level token (`xapp-…`) of an app that is listened to by Socket Mode.',
    },
    SLACK_SIGNING_SECRET: {
      without: null,
      text: 'The signing secret of an app whose events are received. Several, separated by commas, while it is regenerated.',
    },
  },
  keys: {
    app_token: {
      value: z.optional(z.pipe(shaped(appTokenProblem, '^xapp-'), secret)),
      without: '`SLACK_APP_TOKEN`, where `secrets` are not written either',
      text: 'The app-level token of Socket Mode: Tidings connects to Slack, which then needs no public URL and no signing secret. A process that only receives does not connect.',
      secret: 'value',
    },
    names: {
      value: z.optional(z.record(z.string(), z.string())),
      without: 'ids are left out',
      text: 'What people and channels are called, by their ids, which are all that events hold: `{ C024BE91L: "#general", U024BE7LH: Mona }`.',
    },
  },
};
