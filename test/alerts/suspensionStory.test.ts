import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { errorToExitCode } from '../../electron/cli/errorToExitCode.ts';
import { exitCodes } from '../../shared/exitCodes.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import type { FtpServer } from '../servers/ftpServer.ts';
import { startProftpd } from '../servers/startProftpd.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { type MailServer, startMailServer } from './mailServer.ts';
import { openStorySite, type StorySite } from './storySite.ts';

const minute = 60_000;

async function setUp() {
  const server = await startProftpd({});
  onTestFinished(() => server.stop());
  const mailServer = await startMailServer();
  const clock = createFakeClock({ sleepsAdvance: true });
  const central = await openStorySite(server, clock, { role: 'central', name: 'Head office' });
  await central.engine.transmit({ mode: 'full' });
  await central.close();
  const store = await openStorySite(
    server,
    clock,
    { role: 'store', storeNumber: '0012', name: 'Riverside' },
    {
      mail: {
        host: '127.0.0.1',
        port: mailServer.port,
        security: 'none',
        sender: 'branchline@example.com',
        recipients: ['it@example.com'],
      },
    },
  );
  expect((await store.engine.transmit({ mode: 'full' })).error).toBeUndefined();
  return { server, mailServer, clock, store };
}

async function stateOf(store: StorySite) {
  const status = await store.engine.status();
  return { queued: status.queue.queued, ...status.connection };
}

/** Counts connections where the server was; nothing is ever answered. */
async function listenInPlaceOf(
  server: FtpServer,
): Promise<{ readonly count: () => number; stop(): Promise<void> }> {
  let count = 0;
  const listener = createServer((socket) => {
    count += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(server.port, server.host, resolve));
  return {
    count: () => count,
    stop: () => new Promise<void>((resolve) => listener.close(() => resolve())),
  };
}

/** Restarts in the middle: nothing that anybody sees is different after it. */
async function restarted(store: StorySite): Promise<void> {
  const before = await stateOf(store);
  await store.restart();
  expect(await stateOf(store)).toEqual(before);
}

function subjects(mailServer: MailServer): string[] {
  return mailServer.taken.map(({ subject }) => subject);
}

describeWithServer('ProFTPD', 'a connection that fails again and again', () => {
  it('is suspended at the tenth failure, told of once, probed with the oldest packet, and released in order', async () => {
    const { server, mailServer, clock, store } = await setUp();
    await server.pause();

    for (let run = 1; run <= 9; run += 1) {
      const result = await store.send(`${run}.csv`);
      expect(result.error).toMatchObject({ code: 'cannot-connect', class: 'retry' });
      expect(await stateOf(store)).toMatchObject({ queued: run, failures: run });
      expect((await stateOf(store)).suspended).toBeUndefined();
      await restarted(store);
    }
    expect(mailServer.taken).toEqual([]);

    const tenth = await store.send('10.csv');
    expect(tenth.error?.code).toBe('suspended');
    expect(tenth.error && errorToExitCode(tenth.error)).toBe(exitCodes.suspended);
    const suspendedUntil = clock.now() + 15 * minute;
    await restarted(store);
    expect(await stateOf(store)).toMatchObject({
      queued: 10,
      failures: 10,
      suspended: { untilMs: suspendedUntil },
    });
    expect(mailServer.taken).toHaveLength(1);
    expect(mailServer.taken[0]?.subject).toBe('FTP Suspension Alert');
    expect(mailServer.taken[0]?.to).toEqual(['it@example.com']);
    expect(mailServer.taken[0]?.text).toBe(
      [
        'There have been 10 failures sending files via FTP from Branchline to 127.0.0.1 with username branch',
        `Nothing accepts connections at 127.0.0.1 port ${server.port}.`,
        'FTP has been suspended for 15 minutes for store 0012 (Riverside) and will be retried once this timer has expired; requests are being queued.',
      ].join('\n'),
    );

    const listener = await listenInPlaceOf(server);
    await clock.advance(14 * minute);
    expect((await store.send('11.csv')).error?.code).toBe('suspended');
    expect(listener.count()).toBe(0);
    expect(await stateOf(store)).toMatchObject({ queued: 11, failures: 10 });
    expect((await store.engine.status()).attention.join('\n')).toContain('suspended after 10 failures');
    await restarted(store);

    await clock.advance(minute);
    expect((await store.send('12.csv')).error?.code).toBe('suspended');
    // The one connection; basic trouble in it is tried afresh once at most.
    expect(listener.count()).toBeGreaterThan(0);
    await listener.stop();
    expect(await stateOf(store)).toMatchObject({
      queued: 12,
      failures: 11,
      suspended: { untilMs: clock.now() + 15 * minute },
    });
    await restarted(store);
    expect(subjects(mailServer)).toEqual(['FTP Suspension Alert']);

    await server.resume();
    expect((await store.send('13.csv')).error?.code).toBe('suspended');
    await clock.advance(15 * minute);
    await restarted(store);
    const released = await store.send('14.csv');
    expect(released).toMatchObject({ outcome: 'done', sent: { packets: 14 } });
    expect(await stateOf(store)).toMatchObject({ queued: 0, failures: 0 });
    expect((await stateOf(store)).suspended).toBeUndefined();

    const detail = await store.engine.historyShow(released.transmissionId);
    const sent = detail?.notes.filter(({ text }) => text.startsWith('Sent ')).map(({ text }) => text) ?? [];
    expect(sent).toHaveLength(14);
    // The number stands in the name, so that the order of sending is the order of the names.
    expect(sent).toEqual(sent.toSorted());
    await store.restart();
    await store.engine.transmit({ mode: 'full' });
    await store.close();
    expect(subjects(mailServer)).toEqual(['FTP Suspension Alert', 'Resolved: FTP Suspension Alert']);
  });

  it('is tried at once when a person asks, and an alert that no mail server took is told of later', async () => {
    const { server, mailServer, clock, store } = await setUp();
    await mailServer.stop();
    await server.pause();
    const settings = store.engine.settings();
    await store.engine.saveSettings({ ...settings, suspension: { failures: 2, minutes: 30 } });
    await store.send('1.csv');
    expect((await store.send('2.csv')).error?.code).toBe('suspended');
    await store.restart();
    const waiting = await store.engine.ask('alerts.list', { limit: 10 });
    expect(waiting.alerts).toMatchObject([
      { kind: 'suspension', raisedMail: { state: 'unsent', error: { code: 'mail-unreachable' } } },
    ]);
    expect((await store.engine.status()).alerts).toEqual({ standing: 1, unsentMail: 1 });
    expect((await store.engine.status()).attention.join('\n')).toContain('One e-mail could not be sent');

    expect(await store.engine.ask('suspension.release', {})).toEqual({ released: true });
    expect((await store.engine.transmit({ mode: 'full' })).error?.code).toBe('suspended');
    await server.resume();
    expect((await store.engine.transmit({ mode: 'full' })).error?.code).toBe('suspended');
    await store.engine.ask('suspension.release', {});
    expect(await store.engine.transmit({ mode: 'full' })).toMatchObject({
      outcome: 'done',
      sent: { packets: 2 },
    });

    await store.restart();
    const later = await startMailServer({ port: mailServer.port });
    await clock.advance(60 * minute);
    await store.engine.transmit({ mode: 'full' });
    await store.close();
    expect(subjects(later)).toEqual(['FTP Suspension Alert', 'Resolved: FTP Suspension Alert']);
    expect(later.taken[0]?.text).toContain('There have been 2 failures');
    expect(later.taken[0]?.text).toContain('suspended for 30 minutes');
  });

  it('with a wrong password is tried once, left alone by the schedule, and tried again when a person does something', async () => {
    const { server, store } = await setUp();
    await store.engine.setPassword('not the password', { unproven: true });
    const first = await store.engine.transmit({ mode: 'full', unattended: true });
    expect(first.error).toMatchObject({ code: 'login-refused', class: 'fix' });
    expect((await stateOf(store)).failures).toBe(0);
    await store.restart();
    const held = await store.send('1.csv');
    expect(held.error?.code).toBe('login-refused');

    await server.pause();
    const listener = await listenInPlaceOf(server);
    const unattended = await store.engine.transmit({ mode: 'full', unattended: true });
    expect(unattended.error && errorToExitCode(unattended.error)).toBe(exitCodes.loginRefused);
    expect(unattended.error?.code).toBe('login-held');
    expect(listener.count()).toBe(0);
    expect((await store.engine.status()).attention.join('\n')).toContain('refused the log-in');
    await listener.stop();
    await server.resume();

    await store.engine.setPassword(server.password);
    expect((await stateOf(store)).heldLogin).toBeUndefined();
    expect(await store.engine.transmit({ mode: 'full', unattended: true })).toMatchObject({
      outcome: 'done',
      sent: { packets: 1 },
    });
  });

  it('is not made at all while FTP is switched off; files are packed meanwhile', async () => {
    const { server, store } = await setUp();
    const settings = store.engine.settings();
    await store.engine.saveSettings({ ...settings, ftp: { ...settings?.ftp, enabled: false } });
    await server.pause();
    const listener = await listenInPlaceOf(server);
    const result = await store.send('1.csv');
    expect(result.error).toMatchObject({ code: 'ftp-disabled', class: 'fix' });
    expect(result.error && errorToExitCode(result.error)).toBe(exitCodes.notConfigured);
    expect(result.packed.files).toBe(1);
    expect(listener.count()).toBe(0);
    await listener.stop();
    await server.resume();
    await store.engine.saveSettings({ ...settings, ftp: { ...settings?.ftp, enabled: true } });
    expect(await store.engine.transmit({ mode: 'full' })).toMatchObject({
      outcome: 'done',
      sent: { packets: 1 },
    });
  });
});
