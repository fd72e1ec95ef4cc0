import * as z from 'zod/mini';
import type { Schema } from '../../model/plugin/plugin.ts';

export const SCHEMA: Schema = {
  text: "an app's events, shortcuts and commands, see [Slack as a source](sources/slack.md).",
  variables: {
    SLACK_SIGNING_SECRET: {
      without: null,
      text: 'The signing secret of an app whose events are received. Several, separated by commas, while it is regenerated.',
    },
  },
  keys: {
    names: {
      value: z.optional(z.record(z.string(), z.string())),
      without: 'ids are left out',
      text: 'What people and channels are called, by their ids, which are all that events hold: `{ C024BE91L: "#general", U024BE7LH: Mona }`.',
    },
  },
};
