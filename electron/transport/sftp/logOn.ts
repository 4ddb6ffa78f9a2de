import { type AnyAuthMethod, type AuthenticationType, createAgent } from 'ssh2';
import { cancelledError, ExchangeError } from '../../../shared/errors.ts';
import type { LogOnQuestion } from '../../../shared/logOn.ts';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import type { Clock } from '../../platform/clock.ts';
import { type AskPerson, answerByPassword } from './answerQuestion.ts';
import { chooseMethod, type LogOnMethod } from './chooseMethod.ts';
import { readKeyFile } from './readKeyFile.ts';
import type { SshConnection } from './sshConnection.ts';
import { loginRefused, plainWords } from './sshError.ts';

export interface LogOnInit {
  readonly ftp: FtpConfiguration;
  readonly password: string | undefined;
  readonly passphrase: string | undefined;
  /** Where the ssh-agent listens. */
  readonly agent: string | undefined;
  /** A person who can be asked; undefined in unattended work. */
  readonly askPerson: AskPerson | undefined;
  readonly clock: Clock;
  readonly connection: SshConnection;
}

/** What one round of questions may hold. */
const mostPrompts = 50;
const longestText = 2000;

/**
 * Proves who we are, in one attempt: the server is first asked what it takes, then given what is configured.
 *
 * Promise: what the server refuses is not tried a second time. A person who is asked has all the time that the
 *          server gives; the server itself has the reply time-out for each step.
 */
export class LogOn {
  readonly #init: LogOnInit;
  readonly #tried: LogOnMethod[] = [];
  /** Ends a question that is being shown when the connection ends. */
  readonly #ended = new AbortController();
  #passwordGiven = false;
  #stopTimer = () => {};

  constructor(init: LogOnInit) {
    this.#init = init;
    init.connection.onFailure(() => this.end());
    init.connection.client.on('change password', () => {
      init.connection.fail(
        loginRefused('The server says that the password has expired and has to be changed.'),
      );
    });
  }

  /** Answers the library's question what to try next. */
  next(
    offered: readonly string[] | null,
    partial: boolean | null,
  ): AuthenticationType | AnyAuthMethod | false {
    const { ftp, password, connection } = this.#init;
    connection.phase = 'login';
    this.#expectAnswer();
    if (offered === null) return { type: 'none', username: ftp.username };
    const method = chooseMethod({
      logonType: ftp.logonType,
      useSshAgent: ftp.useSshAgent,
      hasPassword: password !== undefined,
      offered,
      tried: this.#tried,
      partial: partial === true,
    });
    try {
      if (method === undefined) throw this.#refused(offered, partial === true);
      this.#tried.push(method);
      return this.#credentials(method);
    } catch (error) {
      connection.fail(error instanceof ExchangeError ? error : loginRefused(String(error)));
      return false;
    }
  }

  /** The log-on is over, well or badly. */
  end(): void {
    this.#stopTimer();
    this.#ended.abort();
  }

  #credentials(method: LogOnMethod): AnyAuthMethod {
    const { ftp, password, passphrase, agent } = this.#init;
    const { username } = ftp;
    switch (method) {
      case 'password':
        if (password === undefined) throw noPassword();
        this.#passwordGiven = true;
        return { type: 'password', username, password };
      case 'publickey':
        return { type: 'publickey', username, key: readKeyFile({ path: ftp.keyFile ?? '', passphrase }) };
      case 'agent':
        if (agent === undefined) throw noAgent();
        return { type: 'agent', username, agent: createAgent(agent) };
      case 'keyboard-interactive':
        return {
          type: 'keyboard-interactive',
          username,
          prompt: (name, instructions, _language, prompts, finish) => {
            void this.#answer(() => boundedQuestion(name, instructions, prompts), finish);
          },
        };
    }
  }

  async #answer(read: () => LogOnQuestion, finish: (answers: string[]) => void): Promise<void> {
    const { ftp, password, connection, askPerson } = this.#init;
    this.#stopTimer();
    try {
      const question = read();
      const rules = { logonType: ftp.logonType, password, passwordGiven: this.#passwordGiven };
      let answers: readonly string[];
      if (ftp.logonType === 'interactive' && askPerson !== undefined) {
        answers = await askPerson(question, this.#ended.signal);
      } else {
        answers = answerByPassword(question, rules);
        this.#passwordGiven = true;
      }
      if (connection.failure !== undefined) return;
      this.#expectAnswer();
      finish(question.prompts.map((_, index) => answers[index] ?? ''));
    } catch (error) {
      connection.fail(error instanceof ExchangeError ? error : cancelledError('The log-on was given up.'));
    }
  }

  #expectAnswer(): void {
    const { clock, ftp, connection } = this.#init;
    this.#stopTimer();
    if (this.#ended.signal.aborted) return;
    this.#stopTimer = clock.after(ftp.replyTimeoutSeconds * 1000, () =>
      connection.fail(
        new ExchangeError({
          code: 'timed-out',
          class: 'retry',
          message: `The server did not answer the log-in within ${ftp.replyTimeoutSeconds} seconds.`,
          advice: 'Check the network; a slow server may need a longer reply time-out.',
        }),
      ),
    );
  }

  #refused(offered: readonly string[], partial: boolean): ExchangeError {
    const takes = plainWords(offered.join(', '));
    const last = this.#tried.at(-1);
    if (partial) {
      return loginRefused(`The server took the first step of the log-in, and then wants: ${takes}.`);
    }
    if (last !== undefined) {
      return loginRefused(`The server refused the log-in of ${this.#init.ftp.username} by ${words[last]}.`);
    }
    const { logonType } = this.#init.ftp;
    return new ExchangeError({
      code: 'login-refused',
      class: 'fix',
      message: `The server does not take the Logon Type ${typeWords[logonType]}. It takes: ${takes === '' ? 'nothing' : takes}.`,
      advice: adviceFor(offered),
    });
  }
}

const words: Record<LogOnMethod, string> = {
  password: 'password',
  publickey: 'key file',
  agent: 'the keys of the ssh-agent',
  'keyboard-interactive': 'its own questions',
};

const typeWords: Record<FtpConfiguration['logonType'], string> = {
  normal: 'Normal',
  interactive: 'Interactive',
  'key-file': 'Key file',
};

function adviceFor(offered: readonly string[]): string {
  const types = [
    ...(offered.includes('password') ? ['Normal (password)'] : []),
    ...(offered.includes('keyboard-interactive') ? ['Interactive (keyboard-interactive)'] : []),
    ...(offered.includes('publickey') ? ['Key file (publickey)'] : []),
  ];
  if (types.length === 0) return 'Ask the provider how this account logs on.';
  return `Choose another Logon Type in the FTP Configuration: ${types.join(', or ')}.`;
}

function boundedQuestion(
  name: string,
  instructions: string,
  prompts: readonly { readonly prompt: string; readonly echo?: boolean }[],
): LogOnQuestion {
  if (prompts.length > mostPrompts)
    throw loginRefused('The server asks more questions at once than anybody could answer.');
  return {
    name: plainWords(name),
    // Line breaks are the server's layout; other control characters could play tricks with a terminal.
    instructions: instructions
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{Cc}\n]/gu, '')
      .slice(0, longestText),
    prompts: prompts.map(({ prompt, echo }) => ({ text: plainWords(prompt), echo: echo === true })),
  };
}

function noPassword(): ExchangeError {
  return loginRefused('The server wants a password, and none is saved.');
}

function noAgent(): ExchangeError {
  return new ExchangeError({
    code: 'key-file-unusable',
    class: 'fix',
    message: 'No ssh-agent is to be found: the variable SSH_AUTH_SOCK is not set.',
    advice: 'Start the ssh-agent and add the key to it (ssh-add), or name a key file.',
  });
}
