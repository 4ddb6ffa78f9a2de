import type { Command } from 'commander';
import { createProgram } from '../../electron/cli/createProgram.ts';

function namesOf(command: Command, before: readonly string[] = []): string[][] {
  return command.commands.flatMap((child) => {
    const here = [...before, child.name()];
    return [here, ...namesOf(child, here)];
  });
}

/** Every command as it is typed: `['config', 'set']`. */
export const commandNames = namesOf(
  createProgram({ version: '0', write: () => undefined, act: async () => undefined }),
);
