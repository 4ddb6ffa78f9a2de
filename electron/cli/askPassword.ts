import { cancelledError } from '../../shared/errors.ts';
import type { CliParts, TextSource } from './cliParts.ts';
import { usageError } from './usageError.ts';

const longest = 1000;

/** What is asked for, and where else it may come from. */
export interface SecretKind {
  /** `password`, in the middle of a sentence. */
  readonly word: string;
  readonly option: string;
  readonly variable: string;
}

const passwordKind: SecretKind = {
  word: 'password',
  option: '--password-stdin',
  variable: 'BRANCHLINE_PASSWORD',
};

export const passphraseKind: SecretKind = {
  word: 'passphrase',
  option: '--passphrase-stdin',
  variable: 'BRANCHLINE_KEY_PASSPHRASE',
};

function checked(password: string, from: string, { word, option, variable }: SecretKind): string {
  const advice = `Give it by prompt, by ${option}, or in the variable ${variable}.`;
  if (password === '') throw usageError(`The ${word} from ${from} is empty.`, advice);
  if (password.length > longest)
    throw usageError(`The ${word} from ${from} is longer than ${longest} characters.`, advice);
  if (/\p{Cc}/u.test(password)) {
    throw usageError(`The ${word} from ${from} has a line break or another control character in it.`, advice);
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

/** Reads a line from the keyboard, which shows nothing by itself meanwhile. */
function readLine(source: TextSource, signal: AbortSignal, show: (text: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (finish: () => void) => {
      source.removeListener('data', take);
      signal.removeEventListener('abort', cancel);
      source.setRawMode?.(false);
      source.pause();
      finish();
    };
    const cancel = () => end(() => reject(cancelledError('No answer was given.')));
    const take = (chunk: unknown) => {
      for (const letter of String(chunk)) {
        if (letter === '\r' || letter === '\n') return end(() => resolve(text));
        // In raw mode Ctrl-C and Ctrl-D arrive as letters.
        if (letter === '\u0003' || letter === '\u0004') return cancel();
        const erases = letter === '\u007f' || letter === '\b';
        if (!erases) show(letter);
        else if (text !== '') show('\b \b');
        text = erases ? [...text].slice(0, -1).join('') : text + letter;
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
export async function askPassword(
  parts: CliParts,
  fromStdin: boolean,
  question: string,
  kind: SecretKind = passwordKind,
): Promise<string> {
  if (fromStdin) return checked(await readAll(parts.stdin), 'standard input', kind);
  const variable = parts.env[kind.variable];
  if (variable !== undefined) return checked(variable, kind.variable, kind);
  if (!parts.stdin.isTTY) {
    throw usageError(
      `There is no keyboard to ask for the ${kind.word}.`,
      `Pipe it in with ${kind.option}, or set the variable ${kind.variable}.`,
    );
  }
  return checked(await askHidden(parts, question), 'the prompt', kind);
}

/** Asks at the keyboard without showing the answer, which may be empty. Errors: cancelled. */
export async function askHidden(parts: CliParts, question: string): Promise<string> {
  parts.stderr.write(question);
  return await readLine(parts.stdin, parts.signal, () => undefined).finally(() => parts.stderr.write('\n'));
}

/** Asks at the keyboard, showing what is typed. Errors: cancelled. */
export async function askShown(parts: CliParts, question: string): Promise<string> {
  parts.stderr.write(question);
  const show = (text: string) => parts.stderr.write(text);
  return await readLine(parts.stdin, parts.signal, show).finally(() => parts.stderr.write('\n'));
}
