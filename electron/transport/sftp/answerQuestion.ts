import { ExchangeError } from '../../../shared/errors.ts';
import type { LogOnQuestion } from '../../../shared/logOn.ts';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import { loginRefused } from './sshError.ts';

/** Asks a person. Rejects with class cancelled where they would rather not, with needs-person where nobody answers. */
export type AskPerson = (question: LogOnQuestion, signal: AbortSignal) => Promise<readonly string[]>;

export interface QuestionRules {
  readonly logonType: FtpConfiguration['logonType'];
  readonly password: string | undefined;
  /** The saved password was given in this log-on already. */
  readonly passwordGiven: boolean;
}

const asksForPassword =
  /password|passwort|kennwort|mot de passe|contrase[nñ]a|senha|wachtwoord|l[oö]senord|adgangskode|salasana|has[lł]o|heslo|пароль|密码|パスワード/i;
/** A new password, or one that is good for once, is not the saved one. */
const asksForAnother =
  /\bnew\b|neues|nouveau|nueva|again|retype|re-?enter|repeat|confirm|one.?time|einmal|\botp\b|token|\bcode\b|\bpin\b|verification|temporary/i;

/** True for a question whose answer is the account's password. A pure rule. */
function isPasswordPrompt({ text, echo }: LogOnQuestion['prompts'][number]): boolean {
  return !echo && asksForPassword.test(text) && !asksForAnother.test(text);
}

/**
 * The answers that can be given without a person: the saved password, once.
 *
 * Errors: login-refused (fix) where the server asks for the password a second time; needs-person (fix).
 */
export function answerByPassword(question: LogOnQuestion, rules: QuestionRules): string[] {
  const { password, passwordGiven } = rules;
  const onlyPasswords = question.prompts.every(isPasswordPrompt);
  if (onlyPasswords && passwordGiven)
    throw loginRefused('The server refused the password: it asks for it again.');
  if (onlyPasswords && question.prompts.length === 1 && password !== undefined) return [password];
  throw needsPerson(question, rules);
}

function needsPerson(question: LogOnQuestion, { logonType, password }: QuestionRules): ExchangeError {
  const asked = question.prompts
    .map(({ text }) => `“${text.trim()}”`)
    .join(', ')
    .slice(0, 300);
  const noPassword = password === undefined && question.prompts.every(isPasswordPrompt);
  return new ExchangeError({
    code: 'needs-person',
    class: 'fix',
    message: noPassword
      ? `The server asks for a password (${asked}), and none is saved.`
      : `The server asks what only a person can answer: ${asked}.`,
    advice: noPassword
      ? 'Save the password in the FTP Configuration.'
      : logonType === 'interactive'
        ? 'Transmit from the window or a terminal, where the question can be answered. For unattended work ask the provider for an account that logs on with a key file.'
        : 'Choose the Logon Type Interactive in the FTP Configuration; for unattended work ask the provider for an account that needs no more than a password or a key file.',
  });
}
