import { cancelledError } from '../../shared/errors.ts';
import type { CliParts, TextSource } from './cliParts.ts';
import { usageError } from './usageError.ts';

const longest = 1000;

function checked(password: string, from: string): string {
  const advice = 'Give it by prompt, by --password-stdin, or in the variable BRANCHLINE_PASSWORD.';
  if (password === '') throw usageError(`The password from ${from} is empty.`, advice);
  if (password.length > longest)
    throw usageError(`The password from ${from} is longer than ${longest} characters.`, advice);
  if (/\p{Cc}/u.test(password)) {
    throw usageError(
      `The password from ${from} has a line break or another control character in it.`,
      advice,
    );
  }
  return password;
}

async function readAll(source: TextSource): Promise<string> {
  source.setEncoding('utf8');
  let text = '';
  for await (const chunk of source) {
    text += String(chunk);
    if (text.length > longest + 2) break;
  }
  return text.replace(/\r?\n$/, '');
}

/** Reads a line from the keyboard without showing it. */
function readHidden(source: TextSource, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (finish: () => void) => {
      source.removeListener('data', take);
      signal.removeEventListener('abort', cancel);
      source.setRawMode?.(false);
      source.pause();
      finish();
    };
    const cancel = () => end(() => reject(cancelledError('No password was given.')));
    const take = (chunk: unknown) => {
      for (const letter of String(chunk)) {
        if (letter === '\r' || letter === '\n') return end(() => resolve(text));
        // In raw mode Ctrl-C and Ctrl-D arrive as letters.
        if (letter === '\u0003' || letter === '\u0004') return cancel();
        text = letter === '\u007f' || letter === '\b' ? [...text].slice(0, -1).join('') : text + letter;
      }
    };
    source.setEncoding('utf8');
    source.setRawMode?.(true);
    source.on('data', take);
    signal.addEventListener('abort', cancel, { once: true });
    source.resume();
  });
}

/**
 * The password, from standard input, the variable BRANCHLINE_PASSWORD, or a prompt, in this order; never from an
 * argument, where every user of the machine could read it.
 *
 * Errors: usage, cancelled.
 */
export async function askPassword(parts: CliParts, fromStdin: boolean, question: string): Promise<string> {
  if (fromStdin) return checked(await readAll(parts.stdin), 'standard input');
  const variable = parts.env['BRANCHLINE_PASSWORD'];
  if (variable !== undefined) return checked(variable, 'BRANCHLINE_PASSWORD');
  if (!parts.stdin.isTTY) {
    throw usageError(
      'There is no keyboard to ask for the password.',
      'Pipe it in with --password-stdin, or set the variable BRANCHLINE_PASSWORD.',
    );
  }
  parts.stderr.write(question);
  const password = await readHidden(parts.stdin, parts.signal).finally(() => parts.stderr.write('\n'));
  return checked(password, 'the prompt');
}
