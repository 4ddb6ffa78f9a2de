import { expect, test } from 'vitest';
import { greetingError, loginError } from '../../../electron/transport/ftp/openError.ts';
import { replyError } from '../../../electron/transport/ftp/replyError.ts';

const of = (text: string) => ({ code: Number(text.slice(0, 3)), text });

test.for([
  ['421 Timeout.', 'connection-lost', 'retry'],
  ['425 Unable to build data connection', 'connection-lost', 'retry'],
  ['426 Failure reading network stream.', 'connection-lost', 'retry'],
  ['450 a: Device or resource busy', 'server-trouble', 'retry'],
  ['451 Failure writing to local file.', 'no-room', 'full'],
  ['451 a.txt: No space left on device', 'no-room', 'full'],
  ['452 Insufficient storage', 'no-room', 'full'],
  ['552 Quota exceeded', 'no-room', 'full'],
  ['552 Anything', 'no-room', 'full'],
  ['550 Disk quota exceeded', 'no-room', 'full'],
  ['550 a.txt: No such file or directory', 'not-found', 'fix'],
  ["553 Can't open that file: No such file or directory", 'not-found', 'fix'],
  ['550 Permission denied.', 'forbidden', 'fix'],
  ['550 a.txt: Overwrite permission denied', 'forbidden', 'fix'],
  ['550 File exists.', 'exists', 'fix'],
  ['550 Failed to open file.', 'forbidden', 'fix'],
  ['530 Please login with USER and PASS.', 'login-refused', 'fix'],
] as const)('%s is %s', ([text, code, errorClass]) => {
  const error = replyError(of(text), text, 'doing it');
  expect([error.code, error.class, error.reply]).toEqual([code, errorClass, text]);
});

test.for([
  ['421 There are too many connected users, please try later.', 'too-many-connections', 'busy'],
  ['421 Service not available', 'too-many-connections', 'busy'],
  ['500 OOPS: vsftpd: refusing to run', 'cannot-connect', 'retry'],
  ['120 Ready in 10 minutes', 'cannot-connect', 'retry'],
] as const)('the greeting %s is %s', ([text, code, errorClass]) => {
  const error = greetingError(of(text), text);
  expect([error.code, error.class]).toEqual([code, errorClass]);
});

test.for([
  ['530 Login incorrect.', 'login-refused', 'fix'],
  [
    '530 Sorry, the maximum number of allowed clients (1) are already connected.',
    'too-many-connections',
    'busy',
  ],
  [
    '530 Sorry, the maximum number of clients (3) for this user are already connected.',
    'too-many-connections',
    'busy',
  ],
  ['530 Too many connections from your address', 'too-many-connections', 'busy'],
  ['530 Non-anonymous sessions must use encryption.', 'login-refused', 'fix'],
  ['550 SSL/TLS required on the control channel', 'login-refused', 'fix'],
  ['421 Sorry, cleartext sessions are not accepted on this server.', 'login-refused', 'fix'],
  ['421 Home directory not available - aborting', 'too-many-connections', 'busy'],
  ['451 Try later', 'cannot-connect', 'retry'],
  ['332 Account needed', 'login-refused', 'fix'],
] as const)('the log-in answered by %s is %s', ([text, code, errorClass]) => {
  const error = loginError(of(text), text);
  expect([error.code, error.class]).toEqual([code, errorClass]);
});

test('a server that wants TLS is told apart from a wrong password by the advice', () => {
  const wantsTls = loginError(of('530 Non-anonymous sessions must use encryption.'), 'x');
  expect(wantsTls.advice).toContain('Enable SSL');
});
