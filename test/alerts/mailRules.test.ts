import { describe, expect, it } from 'vitest';
import { isMailDue, mailsToTry, nextMailTryMs } from '../../electron/alerts/mail/mailRetry.ts';
import type { ErrorClass } from '../../shared/errors.ts';
import { mailAddressSchema, mailSettingsSchema } from '../../shared/mailSettings.ts';

const minute = 60_000;
const now = 1_000 * minute;

describe('the time of the next try', () => {
  it.each([
    [1, 'retry', 1],
    [2, 'retry', 2],
    [3, 'retry', 4],
    [7, 'retry', 60],
    [40, 'retry', 60],
    [1, 'fix', 60],
    [1, 'trust', 60],
  ] as const)('after %i tries with class %s is in %i minutes', (attempts, errorClass, minutes) => {
    expect(nextMailTryMs(attempts, errorClass, now)).toBe(now + minutes * minute);
  });

  it.each([
    [undefined, true],
    [now, true],
    [now + 1, false],
    [now + 60 * minute, false],
    // The clock was set back.
    [now + 60 * minute + 1, true],
  ])('%s is due: %s', (nextTryMs, due) => {
    expect(isMailDue({ nextTryMs }, now)).toBe(due);
  });
});

describe('the e-mails that are tried', () => {
  const failed = (code: string, errorClass: ErrorClass) => ({
    code,
    class: errorClass,
    message: '',
    advice: '',
  });
  const fresh = { name: 'new', nextTryMs: undefined, lastError: undefined };
  const waiting = (code: string, errorClass: ErrorClass) => ({
    name: code,
    nextTryMs: now + minute,
    lastError: failed(code, errorClass),
  });

  it.each([
    ['none while none is due', [waiting('mail-unreachable', 'retry')], []],
    [
      'with a new one, the older ones that only the server kept back',
      [waiting('mail-unreachable', 'retry'), fresh],
      ['mail-unreachable', 'new'],
    ],
    ['without one that the server refused by itself', [waiting('mail-refused', 'fix'), fresh], ['new']],
    ['none while the log-in waits for a person', [waiting('mail-login-refused', 'fix'), fresh], []],
    ['not those after the last due one', [fresh, waiting('mail-unreachable', 'retry')], ['new']],
  ])('are %s', (_, unsent, expected) => {
    expect(mailsToTry(unsent, now).map(({ name }) => name)).toEqual(expected);
  });
});

describe('addresses', () => {
  it.each([
    ['office@example.com', true],
    ['o.f+f_ice@mail.example.co.uk', true],
    ['root@localhost', true],
    ['größe@example.com', true],
    ['', false],
    ['office', false],
    ['a@b@c', false],
    ['a@example.com,b@example.com', false],
    ['Office <a@example.com>', false],
    ['a@example.com\r\nBcc: b@example.com', false],
    ['a b@example.com', false],
    ['a@-example.com', false],
    [`${'a'.repeat(65)}@example.com`, false],
  ])('%j is one: %s', (address, valid) => {
    expect(mailAddressSchema.safeParse(address).success).toBe(valid);
    expect(mailSettingsSchema.safeParse({ recipients: [address] }).success).toBe(valid);
  });
});
