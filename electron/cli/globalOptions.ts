import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultDataDir } from '../engine/localMachine.ts';
import type { CliParts } from './cliParts.ts';
import { usageError } from './usageError.ts';

/** Options that every command takes, before or after its name. */
export interface GlobalOptions {
  readonly dataDir: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

export function addGlobalOptions(program: Command): Command {
  return program
    .option('--data-dir <folder>', "the folder that holds this site's settings, records and files")
    .option('--json', 'answer with exactly one JSON document on standard output')
    .option('--quiet', 'say nothing unless it was asked for or something is wrong')
    .option('--verbose', 'say more, for a bug report');
}

/** Errors: usage, when the data directory cannot be one. */
export function readGlobalOptions(program: Command, parts: CliParts): GlobalOptions {
  const given = program.opts<{ dataDir?: string; json?: true; quiet?: true; verbose?: true }>();
  const surroundings = { platform: process.platform, env: parts.env, home: homedir() };
  const dataDir = given.dataDir === undefined ? defaultDataDir(surroundings) : resolve(given.dataDir);
  if (given.dataDir !== undefined && given.dataDir.trim() === '') {
    throw usageError('--data-dir is empty.', 'Name a folder: --data-dir /srv/branchline');
  }
  if (dataDir.includes('\0') || statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw usageError(
      `The data directory ${JSON.stringify(dataDir)} is not a folder.`,
      'Name a folder with --data-dir; it need not exist yet.',
    );
  }
  return {
    dataDir,
    json: given.json === true,
    quiet: given.quiet === true,
    verbose: given.verbose === true,
  };
}
