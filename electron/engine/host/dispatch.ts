import { isCallName } from '../../../shared/contract/channels.ts';
import { type Message, requestSchema } from '../../../shared/contract/wire.ts';
import { type ErrorReport, ExchangeError } from '../../../shared/errors.ts';
import { answerCall, type Handlers, refused } from '../handlers.ts';

/** The most a message may hold; a settings file or a list of ids is far smaller. */
const mostCharacters = 8_000_000;

/**
 * Answers one message of a client.
 *
 * Promise: never throws and never leaves a request unanswered. What does not parse is refused before any
 *          handler sees it; what a handler throws becomes a failure without stack or secret.
 */
export async function dispatch(handlers: Handlers, text: string): Promise<Message> {
  const request = requestSchema.safeParse(text.length > mostCharacters ? undefined : parseJson(text));
  if (!request.success) return failure(0, refused('The message is not a request.'));
  const { id, call, input } = request.data;
  if (!isCallName(call)) return failure(id, refused(`There is no call "${call}".`));
  try {
    return { kind: 'answer', id, ok: true, value: await answerCall(handlers, call, input) };
  } catch (error) {
    return failure(id, reportOf(error));
  }
}

function failure(id: number, error: ErrorReport | ExchangeError): Message {
  return { kind: 'failure', id, error: error instanceof ExchangeError ? error.report() : error };
}

/** What a person is told of an error; only what was foreseen is told in full. */
export function reportOf(error: unknown): ErrorReport {
  if (error instanceof ExchangeError) return error.report();
  return {
    code: 'unexpected',
    class: 'fix',
    message: `Something went wrong that Branchline did not foresee: ${error instanceof Error ? error.message : 'unknown'}`,
    advice: 'Try again. If it stays so, send the log file to your supplier.',
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
