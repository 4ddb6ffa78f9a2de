import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../electron/ledger/migrations/migrations.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { newLedger, temporaryFolder } from './ledgerFixture.ts';
import { site } from './ledgerRows.ts';

const alarm = { kind: 'skipped', cause: 'p1', subject: 'S', body: 'B', raisedMs: 5 };
const mail = {
  messageId: '<a@b>',
  alarmId: undefined,
  about: 'other',
  to: ['a@example.com'],
  subject: 'S',
  text: 'T',
  html: undefined,
  createdMs: 7,
} as const;

it('a ledger from before alerts keeps what it holds, and begins with a connection that is well', () => {
  const path = join(temporaryFolder(), 'ledger.db');
  const before = migrations.findIndex(({ sql }) => sql.includes('CREATE TABLE alarms'));
  const old = openLedger({ path, clock: systemClock, known: migrations.slice(0, before) });
  old.commit('put', ({ sites }) => sites.put(site()));
  old.close();

  const ledger = openLedger({ path, clock: systemClock });
  onTestFinished(() => ledger.close());
  expect(ledger.read(({ sites }) => sites.all())).toStrictEqual([site()]);
  expect(ledger.read(({ connection }) => connection.get())).toStrictEqual({
    failures: 0,
    lastMessage: '',
    lastFailureMs: undefined,
    suspended: undefined,
    held: undefined,
    lastLoginMs: undefined,
  });
  expect(ledger.read(({ alarms, mails }) => [...alarms.allStanding(), ...mails.unsent()])).toEqual([]);
});

it('the state of the connection comes back as it was put', () => {
  const ledger = newLedger();
  const row = {
    failures: 11,
    lastMessage: '421 later',
    lastFailureMs: 3,
    suspended: { sinceMs: 1, untilMs: 2 },
    held: { code: 'login-refused', message: '530', sinceMs: 4 },
    lastLoginMs: 5,
  };
  for (const put of [row, { ...row, suspended: undefined, held: undefined, lastLoginMs: undefined }]) {
    ledger.commit('put', ({ connection }) => connection.put(put));
    expect(ledger.read(({ connection }) => connection.get())).toStrictEqual(put);
  }
});

it('one alarm stands for a cause, and another after it is cleared', () => {
  const ledger = newLedger();
  const first = ledger.commit('add', ({ alarms }) => alarms.add(alarm));
  expect(() => ledger.commit('add', ({ alarms }) => alarms.add(alarm))).toThrow();
  ledger.commit('clear', ({ alarms }) => alarms.clear(first, 9));
  const second = ledger.commit('add', ({ alarms }) => alarms.add(alarm));
  ledger.read(({ alarms }) => {
    expect(alarms.standing('skipped', 'p1')?.id).toBe(second);
    expect(alarms.standing('skipped', 'p2')).toBeUndefined();
    expect(alarms.latest(5).map(({ id, clearedMs }) => [id, clearedMs])).toEqual([
      [second, undefined],
      [first, 9],
    ]);
  });
});

it('e-mails keep their attachments until they are sent, and are forgotten with what they tell of', () => {
  const ledger = newLedger();
  const content = new Uint8Array([0, 1, 255]);
  const { alarmId, mailId } = ledger.commit('add', ({ alarms, mails }) => {
    const id = alarms.add(alarm);
    const told = mails.add({ ...mail, alarmId: id, about: 'raised' }, [{ name: 'n', type: 't', content }]);
    mails.add({ ...mail, messageId: '<c@d>' }, []);
    return { alarmId: id, mailId: told };
  });
  ledger.read(({ mails }) => {
    expect(mails.unsent().map(({ id }) => id)).toEqual([mailId, mailId + 1]);
    expect(mails.unsentBytes()).toBe(3);
    expect(mails.attachments(mailId)).toEqual([{ name: 'n', type: 't', content }]);
    expect(mails.get(mailId)).toMatchObject({ to: ['a@example.com'], about: 'raised', attempts: 0 });
  });
  ledger.commit('prune', ({ alarms, mails }) => {
    alarms.clear(alarmId, 10);
    alarms.prune(100);
    mails.prune(100);
  });
  expect(ledger.read(({ mails }) => mails.unsent())).toHaveLength(2);
  ledger.commit('sent', ({ alarms, mails }) => {
    for (const { id } of mails.unsent()) mails.change(id, { state: 'sent', sentMs: 11 });
    alarms.prune(100);
    mails.prune(100);
  });
  expect(ledger.read(({ alarms, mails }) => [...alarms.latest(9), ...mails.latest(9)])).toEqual([]);
});
