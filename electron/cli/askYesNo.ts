import { cancelledError } from '../../shared/errors.ts';
import type { CliParts } from './cliParts.ts';

/**
 * Asks a question that only a whole "yes" affirms.
 *
 * Promise: without a keyboard nobody is asked, and the answer is undefined.
 * Errors:  cancelled, by Ctrl-C.
 */
export async function askYesNo(parts: CliParts, question: string): Promise<boolean | undefined> {
  const { stdin, stderr, signal } = parts;
  if (!stdin.isTTY) return undefined;
  stderr.write(`${question} Type yes or no: `);
  return await new Promise((resolve, reject) => {
    let text = '';
    const end = (finish: () => void) => {
      stdin.removeListener('data', take);
      stdin.removeListener('end', finished);
      signal.removeEventListener('abort', cancel);
      stdin.pause();
      finish();
    };
    const finished = () => end(() => resolve(false));
    const cancel = () => end(() => reject(cancelledError('The question was not answered.')));
    const take = (chunk: unknown) => {
      text += String(chunk);
      const line = /^(.*?)[\r\n]/.exec(text)?.[1];
      if (line !== undefined) end(() => resolve(/^\s*yes\s*$/i.test(line)));
    };
    stdin.setEncoding('utf8');
    stdin.on('data', take);
    stdin.on('end', finished);
    signal.addEventListener('abort', cancel, { once: true });
    stdin.resume();
  });
}
