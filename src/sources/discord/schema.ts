import * as z from 'zod/mini';
import type { Schema } from '../../model/plugin/plugin.ts';
import { ENDPOINTS } from './settings.ts';

export const SCHEMA: Schema = {
  text: "an app's interactions and webhook events, see [Discord as a source](sources/discord.md).",
  variables: {
    DISCORD_PUBLIC_KEY: {
      without: null,
      text: 'The public key of an app whose interactions or webhook events are received, 64 hex digits. Several, separated by commas, of more apps.',
    },
  },
  keys: {
    endpoint: {
      value: z.optional(z.enum(ENDPOINTS)),
      without: 'both, told apart by what is signed',
      text: 'Which of the two addresses of an app this is: `interactions` (what people type and press) or `webhook-events`.',
    },
    names: {
      value: z.optional(z.record(z.string(), z.string())),
      without: 'ids are left out',
      text: 'What channels, people and products are called, by their ids, where events hold no more: `{ "123489045643835123": Gold }`.',
    },
  },
};
