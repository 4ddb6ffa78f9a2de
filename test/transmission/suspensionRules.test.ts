import { describe, expect, it } from 'vitest';
import type { ConnectionRow } from '../../electron/ledger/ledger.ts';
import {
  afterFailure,
  afterLogin,
  afterOtherTrouble,
  afterRefusedLogin,
  afterSuccess,
  atThisClock,
  mayConnect,
  released,
} from '../../electron/transmission/suspension/suspensionRules.ts';

const minute = 60_000;
const now = 1_000_000 * minute;
const rules = { failures: 10, minutes: 15 };
const wellRow: ConnectionRow = {
  failures: 0,
  lastMessage: '',
  lastFailureMs: undefined,
  suspended: undefined,
  held: undefined,
  lastLoginMs: undefined,
};
const held = { code: 'login-refused', message: '530 no', sinceMs: 1 };

function restingUntil(untilMs: number): ConnectionRow {
  return { ...wellRow, failures: 10, suspended: { sinceMs: now - minute, untilMs } };
}

describe('a run', () => {
  const asking = { nowMs: now, rules, enabled: true, unattended: false };
  it.each([
    ['connects where all is well', wellRow, {}, 'open'],
    ['connects after some failures', { ...wellRow, failures: 9 }, {}, 'open'],
    ['does not connect while suspended', restingUntil(now + 1), {}, 'suspended'],
    ['probes when the time is up', restingUntil(now), {}, 'probe'],
    ['probes long after the time', restingUntil(now - 1e9), {}, 'probe'],
    ['does not connect with FTP off', wellRow, { enabled: false }, 'ftp-disabled'],
    ['says that FTP is off even while suspended', restingUntil(now + 1), { enabled: false }, 'ftp-disabled'],
    [
      'of the schedule leaves a refused log-in alone',
      { ...wellRow, held },
      { unattended: true },
      'login-held',
    ],
    ['of a person tries a refused log-in again', { ...wellRow, held }, {}, 'open'],
    [
      'of a person does not try a refused log-in while suspended',
      { ...restingUntil(now + 1), held },
      {},
      'suspended',
    ],
  ] as const)('%s', (_, row, more, expected) => {
    const permission = mayConnect(row, { ...asking, ...more });
    expect(permission.kind === 'closed' ? permission.error.code : permission.kind).toBe(expected);
  });

  it('is told for how long the connection rests, and what the server said', () => {
    const row = { ...restingUntil(now + 61_000), lastMessage: '421 too busy' };
    const permission = mayConnect(row, asking);
    expect(permission.kind === 'closed' && permission.error.message).toBe(
      'The connection is suspended after 10 failures in a row, for 2 more minutes. The last message was: 421 too busy',
    );
  });
});

describe('the clock', () => {
  it.each([
    ['set back by a day leaves the set minutes', now + 24 * 60 * minute, now + 15 * minute],
    ['that is right changes nothing', now + 15 * minute, now + 15 * minute],
    ['set forward ends it at most early', now - 60 * minute, now - 60 * minute],
    ['with fewer minutes in the settings shortens it', now + 30 * minute, now + 15 * minute],
  ])('%s', (_, untilMs, expected) => {
    expect(atThisClock(restingUntil(untilMs), now, rules).suspended?.untilMs).toBe(expected);
  });
});

describe('a failure', () => {
  const failure = { nowMs: now, rules, message: 'gone' };
  it.each([
    [0, undefined],
    [8, undefined],
    [9, now + 15 * minute],
    [30, now + 15 * minute],
  ])('after %i others in a row suspends until %s', (failures, untilMs) => {
    const row = afterFailure({ ...wellRow, failures }, failure);
    expect(row).toMatchObject({ failures: failures + 1, lastMessage: 'gone', lastFailureMs: now });
    expect(row.suspended?.untilMs).toBe(untilMs);
  });

  it('of a probe begins the same time anew, and remembers since when it rests', () => {
    expect(afterFailure(restingUntil(now - 1), failure)).toMatchObject({
      failures: 11,
      suspended: { sinceMs: now - minute, untilMs: now + 15 * minute },
    });
  });

  it('of another kind counts nothing, but lets a probe rest again', () => {
    expect(afterOtherTrouble({ ...wellRow, failures: 3 }, now, rules)).toEqual({ ...wellRow, failures: 3 });
    expect(afterOtherTrouble(restingUntil(now), now, rules)).toMatchObject({
      failures: 10,
      suspended: { untilMs: now + 15 * minute },
    });
  });
});

describe('afterwards', () => {
  it('a success ends the row of failures and the suspension', () => {
    expect(afterSuccess(restingUntil(now))).toMatchObject({ failures: 0, suspended: undefined });
  });

  it('a refused log-in is held from its first time until one succeeds', () => {
    const once = afterRefusedLogin(wellRow, now, held);
    const twice = afterRefusedLogin(once, now + minute, { ...held, message: '530 again' });
    expect(twice.held).toEqual({ code: 'login-refused', message: '530 again', sinceMs: now });
    expect(afterLogin(twice, now)).toMatchObject({ held: undefined, lastLoginMs: now });
  });

  it('a person who asks has it tried at once, and gives up nothing that was counted', () => {
    expect(released({ ...restingUntil(now + minute), held }, now)).toMatchObject({
      failures: 10,
      held: undefined,
      suspended: { untilMs: now },
    });
    expect(released(wellRow, now).suspended).toBeUndefined();
  });
});
