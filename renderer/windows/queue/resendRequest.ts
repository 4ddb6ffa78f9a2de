import dayjs from 'dayjs';
import type { CallInput } from '../../../shared/contract/calls.ts';

type ResendRequest = CallInput<'queue.resend'>['request'];

/**
 * What to ask for, from what was typed: an addressee, a local time, or both. Undefined when neither was given, so
 * that nobody sends the whole backup folder to everybody by leaving fields empty.
 *
 * Shape: `since` as an input of type `datetime-local` gives it, `2026-11-21T10:15`.
 */
export function resendRequest(to: string, since: string): ResendRequest | undefined {
  const addressee = to.trim();
  const name = /^(central|all)$/i.test(addressee) ? addressee.toLowerCase() : addressee.toUpperCase();
  const time = dayjs(since);
  if (since !== '' && time.isValid()) {
    return { kind: 'since', sinceMs: time.valueOf(), ...(addressee === '' ? {} : { to: name }) };
  }
  return addressee === '' ? undefined : { kind: 'stream', to: name };
}
