import { CommanderError } from 'commander';
import { type ExitCode, exitCodes } from '../../shared/exitCodes.ts';
import type { CliParts } from './cliParts.ts';
import { createContext } from './context.ts';
import { createProgram } from './createProgram.ts';
import { readGlobalOptions } from './globalOptions.ts';
import { type AnswerStyle, printAnswer, printError } from './printAnswer.ts';
import { usageError } from './usageError.ts';

/** Read from the bare arguments, because an error in them must be told in the right form too. */
function styleOf(argv: readonly string[]): AnswerStyle {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  return {
    json: options.includes('--json'),
    quiet: options.includes('--quiet'),
    verbose: options.includes('--verbose'),
  };
}

/** commander's words: `error: unknown option '--jsn'\n(Did you mean --json?)`. */
function fromCommander(error: CommanderError, argv: readonly string[]): Error {
  const [what = '', ...hints] = error.message.replace(/^error: /, '').split('\n');
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}`.replace(/[^.]$/, '$&.');
  const hint = hints.join(' ').replace(/^\((.*)\)$/, '$1');
  const command = argv.find((word) => /^[a-z]/.test(word));
  const known = command !== undefined && error.code !== 'commander.unknownCommand';
  const help = `See: branchline ${known ? `${command} ` : ''}--help`;
  return usageError(sentence, hint === '' ? help : `${hint} ${help}`);
}

/**
 * Runs one command line from arguments to exit code.
 *
 * Promise: with `--json`, exactly one JSON document on stdout, also for errors; everything else goes to stderr.
 *          Never throws, never ends the process.
 */
export async function runCli(parts: CliParts): Promise<ExitCode> {
  const style = styleOf(parts.argv);
  let exitCode: ExitCode = exitCodes.done;
  let text = '';
  const program = createProgram({
    version: parts.version,
    write: (words) => {
      text += words;
    },
    async act(command) {
      const context = createContext(parts, readGlobalOptions(program, parts));
      try {
        const answer = await command(context);
        context.eraseProgress();
        exitCode = printAnswer(parts, style, answer);
      } finally {
        context.eraseProgress();
      }
    },
  });
  try {
    if (parts.argv.length === 0) program.help({ error: true });
    await program.parseAsync(parts.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return printError(parts, style, error);
    if (error.exitCode === 0) {
      const answer = { exitCode: exitCodes.done, value: { text: text.trimEnd() }, lines: [text.trimEnd()] };
      return printAnswer(parts, style, { ...answer, isListing: true });
    }
    if (error.code !== 'commander.help') return printError(parts, style, fromCommander(error, parts.argv));
    // A bare `branchline` or `branchline config`: the help is the best answer, but nothing was done.
    if (!style.json) {
      parts.stderr.write(text);
      return exitCodes.usage;
    }
    return printError(parts, style, usageError('No command was given.', 'See: branchline --help'));
  }
}
