import type { LogOnPrompt } from '../../../../shared/contract/accessCalls.ts';
import { cancelledError, ExchangeError } from '../../../../shared/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Random, uuidV7 } from '../../../platform/random.ts';
import type { AskPerson } from '../../../transport/sftp/answerQuestion.ts';
import type { AreaParts } from '../area.ts';

/** Questions of servers that wait for a person, whoever sees them first. */
export interface Prompts {
  /** Asks in the name of a server. */
  asking(server: string): AskPerson;
  waiting(): LogOnPrompt[];
  /** Undefined: the person would rather not. Errors: prompt-ended, invalid-input (fix). */
  answer(promptId: string, answers: readonly string[] | undefined): void;
  /** Gives every question up. */
  close(): void;
}

/** Servers hang up sooner; a run that nobody watches after all is not to wait for ever. */
const longestWaitMs = 5 * 60_000;

interface Waiting {
  readonly prompt: LogOnPrompt;
  readonly settle: (answers: readonly string[] | ExchangeError) => void;
}

export function createPrompts(parts: {
  readonly clock: Clock;
  readonly random: Random;
  readonly tell: AreaParts['tell'];
}): Prompts {
  const { clock, random, tell } = parts;
  const open = new Map<string, Waiting>();

  const ask = (prompt: LogOnPrompt, signal: AbortSignal): Promise<readonly string[]> => {
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
    const settle = (outcome: readonly string[] | ExchangeError) => {
      if (!open.delete(prompt.promptId)) return;
      stopTimer();
      signal.removeEventListener('abort', giveUp);
      if (outcome instanceof ExchangeError) reject(outcome);
      else resolve(outcome);
      tell('access.promptEnded', { promptId: prompt.promptId });
    };
    const giveUp = () => settle(cancelledError('The log-on ended before the question was answered.'));
    const stopTimer = clock.after(longestWaitMs, () => settle(nobodyAnswered()));
    open.set(prompt.promptId, { prompt, settle });
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    else tell('access.prompt', prompt);
    return promise;
  };

  return {
    asking: (server) => (question, signal) =>
      ask({ ...question, server, promptId: uuidV7(random, clock) }, signal),
    waiting: () => [...open.values()].map(({ prompt }) => prompt),
    answer(promptId, answers) {
      const found = open.get(promptId);
      if (found === undefined) throw promptEnded();
      if (answers !== undefined && answers.length !== found.prompt.prompts.length) throw wrongCount();
      found.settle(answers ?? cancelledError('The log-on was given up: the question was not answered.'));
    },
    close() {
      for (const { settle } of [...open.values()]) settle(cancelledError());
    },
  };
}

function nobodyAnswered(): ExchangeError {
  return new ExchangeError({
    code: 'needs-person',
    class: 'fix',
    message: 'The server asked a question at log-on, and nobody answered within 5 minutes.',
    advice: 'Start it again and answer the question.',
  });
}

function promptEnded(): ExchangeError {
  return new ExchangeError({
    code: 'prompt-ended',
    class: 'fix',
    message: 'This question is no longer asked: it was answered elsewhere, or the log-on has ended.',
    advice: 'Start the transmission or the check again if it did not go on.',
  });
}

function wrongCount(): ExchangeError {
  return new ExchangeError({
    code: 'invalid-input',
    class: 'fix',
    message: 'Each question needs one answer, also an empty one.',
  });
}
