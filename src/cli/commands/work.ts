import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { defineServer } from './serve/serve.ts';

export function define(command: Command, context: Context): void {
  defineServer(
    command.description('only work: decide on what is stored, and post it; start as many as you like'),
    context,
    'work',
  );
}
