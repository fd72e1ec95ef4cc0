import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { defineServer } from './serve/serve.ts';

export function define(command: Command, context: Context): void {
  defineServer(command.description('receive and work in one process'), context, 'both');
}
