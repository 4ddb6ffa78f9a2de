import { mkdirSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import type { PracticeFaults } from '../../electron/practice/practiceFault.ts';
import { OfficeSite, password, runProcess, startServer, temporaryFolder } from './officeProcess.ts';

async function office(faults?: PracticeFaults) {
  const folder = temporaryFolder();
  const root = join(folder, 'server');
  mkdirSync(root);
  const port = await startServer(root, faults);
  const central = new OfficeSite(join(folder, 'central'));
  const store = new OfficeSite(join(folder, 'store'));
  await central.setUp({ role: 'central', name: 'Head office' }, port);
  await store.setUp({ role: 'store', storeNumber: '0012', name: 'Riverside' }, port);
  return { folder, root, port, central, store };
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
}

describe('the command line as real processes', () => {
  test('a site is set up from nothing', async () => {
    const folder = temporaryFolder();
    const port = await startServer(folder);
    const site = new OfficeSite(join(folder, 'site'));
    await site.ask(['init', '--role', 'central', '--name', 'Head office']);
    const settings = ['ftp.host=127.0.0.1', `ftp.port=${port}`, 'ftp.username=office'];
    const set = await site.run(['config', 'set', ...settings, '--password-stdin'], {
      stdin: `${password}\n`,
    });
    expect(set).toMatchObject({ exitCode: 0, err: '' });
    expect(await site.ask(['config', 'show'])).toMatchObject({
      hasPassword: true,
      settings: { ftp: { port } },
    });
    expect(await site.ask(['channels', 'add', 'price-book'])).toMatchObject({ channels: ['price-book'] });
    expect((await site.run(['transmit'])).out).toMatch(/^Done: nothing was sent and nothing received\./);
    expect((await site.run(['init', '--role', 'central', '--name', 'Again'])).exitCode).toBe(2);
  });

  test('two sites are set up, exchange files, and tell the same story afterwards', async () => {
    const { central, store } = await office();
    await central.ask(['transmit']);
    await store.ask(['transmit']);
    mkdirSync(join(store.dataDir, 'outgoing/daily-close/2026'), { recursive: true });
    writeFileSync(join(store.dataDir, 'outgoing/daily-close/2026/Tägliche "Zahlen".csv'), 'amount\n1\n');
    mkdirSync(join(central.dataDir, 'outgoing/daily-close/0012'), { recursive: true });
    writeFileSync(join(central.dataDir, 'outgoing/daily-close/0012/empty.csv'), '');

    const sent = await store.run(['transmit']);
    expect(sent.out).toMatch(/^Done: 1 packet sent, no packets received\.\n/);
    expect(sent.err).toBe('');
    expect(await central.ask(['transmit'])).toMatchObject({ sent: { packets: 1 }, received: { files: 1 } });
    const quiet = await store.run(['transmit', '--quiet']);
    expect(quiet).toEqual({ exitCode: 0, out: '', err: '' });

    const arrived = join(central.dataDir, 'incoming/daily-close/0012/2026/Tägliche "Zahlen".csv');
    expect(readFileSync(arrived, 'utf8')).toBe('amount\n1\n');
    expect(readFileSync(join(store.dataDir, 'incoming/daily-close/central/empty.csv'), 'utf8')).toBe('');
    expect(await store.ask(['queue'])).toEqual([]);
    expect(await store.ask(['history'])).toMatchObject([
      { outcome: 'done' },
      { outcome: 'done' },
      { outcome: 'done' },
    ]);
    expect((await store.run(['history', 'show'])).out).toContain('Received from central');
    expect((await central.run(['status'])).out).toMatch(/^All is well\.\n[\s\S]*Riverside/);
  });

  test('a packet from the backup folder is verified and unpacked, and a spoilt one refused', async () => {
    const { folder, central, store } = await office();
    await central.ask(['transmit']);
    writeFileSync(join(store.dataDir, 'outgoing/daily-close/a.csv'), 'a\n'.repeat(5000));
    await store.ask(['transmit']);
    const [name = ''] = readdirSync(join(store.dataDir, 'backup'));
    const packet = join(store.dataDir, 'backup', name);
    expect((await store.run(['verify', packet])).out).toMatch(/^The packet is whole/);
    expect(await store.ask(['unpack', packet, '--to', join(folder, 'opened')])).toMatchObject({
      header: { from: '0012' },
    });
    expect(filesUnder(join(folder, 'opened')).join('\n')).toContain('daily-close/a.csv');

    const bytes = readFileSync(packet);
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
    const spoilt = join(folder, name);
    writeFileSync(spoilt, bytes);
    const refused = await store.run(['verify', spoilt]);
    expect(refused.exitCode).toBe(1);
    expect(refused.out).toMatch(/^The packet is NOT good/);
    expect((await store.run(['unpack', spoilt, '--to', join(folder, 'spoilt')])).exitCode).toBe(1);
    expect(readdirSync(folder)).not.toContain('spoilt');
  });

  test('the password lies nowhere in plain text, and no command shows it', async () => {
    const { folder, store } = await office();
    for (const path of filesUnder(folder))
      expect(readFileSync(join(folder, path)).includes(password)).toBe(false);
    const shown = await store.run(['config', 'show', '--verbose']);
    expect(shown.out).toContain('kept safe');
    expect(shown.out + shown.err).not.toContain(password);
  });

  test('each trouble has its exit code', async () => {
    const { store, central } = await office();
    expect((await store.run(['transmit'])).exitCode).toBe(3); // The central office has not been there.
    await central.ask(['transmit']);
    expect((await store.run(['transmit'], { env: { BRANCHLINE_PASSWORD: 'wrong' } })).exitCode).toBe(5);

    const stranger = new OfficeSite(join(store.dataDir, '../stranger'));
    expect((await stranger.run(['transmit'])).exitCode).toBe(3);
    expect((await stranger.run(['transmitt'])).exitCode).toBe(2);

    const nobody = createServer();
    const port = await new Promise<number>((found) => {
      nobody.listen(0, '127.0.0.1', () => {
        const address = nobody.address();
        nobody.close(() => found(typeof address === 'object' ? (address?.port ?? 0) : 0));
      });
    });
    expect((await central.run(['config', 'set', `ftp.port=${port}`])).exitCode).toBe(4);
    await central.ask(['config', 'set', `ftp.port=${port}`, '--unproven']);
    const lost = await central.run(['transmit', '--json']);
    expect(lost.exitCode).toBe(4);
    expect(JSON.parse(lost.out)).toMatchObject({ ok: false, exitCode: 4, value: { outcome: 'failed' } });

    const engine = await openEngine({
      dataDir: central.dataDir,
      clock: systemClock,
      random: systemRandom,
      env: {},
    });
    onTestFinished(() => engine.close());
    const second = await central.run(['status', '--json']);
    expect(second.exitCode).toBe(9);
    expect(JSON.parse(second.out)).toMatchObject({ ok: false, error: { class: 'busy' } });
  });

  test('test-connection and self-check give the verdict first and leave nothing on the server', async () => {
    const { root, central } = await office();
    const connected = await central.run(['test-connection']);
    expect(connected).toMatchObject({ exitCode: 0, err: '' });
    expect(connected.out).toMatch(/^Test Connection: ok\. /);
    const checked = await central.run(['self-check']);
    expect(checked).toMatchObject({ exitCode: 0, err: '' });
    expect(checked.out).toMatch(/^Self-check: ok\. /);
    expect(readdirSync(root)).toEqual([]);
    const refused = await central.run(['test-connection', '--json'], {
      env: { BRANCHLINE_PASSWORD: 'wrong' },
    });
    expect(refused.exitCode).toBe(5);
    expect(JSON.parse(refused.out)).toMatchObject({ ok: false, error: { code: 'login-refused' } });
  });

  test('a server that forbids renaming passes test-connection and fails the self-check with 6', async () => {
    const { root, central } = await office(({ verb }) =>
      verb === 'RNFR' ? { kind: 'reply', text: '550 Permission denied.' } : undefined,
    );
    expect((await central.run(['test-connection'])).exitCode).toBe(0);
    const checked = await central.run(['self-check']);
    expect(checked.exitCode).toBe(6);
    expect(checked.out).toMatch(/^Self-check: FAILED\. [\s\S]*FAILED {2}.*[Rr]ename/);
    expect(readdirSync(root)).toEqual([]);
  });

  test('a second installation with the same store number is refused', async () => {
    const { folder, port, central, store } = await office();
    const copy = new OfficeSite(join(folder, 'copy'));
    // Set up while the number is free; afterwards the FTP Configuration would be refused already.
    await copy.setUp({ role: 'store', storeNumber: '0012', name: 'Mistyped' }, port);
    await central.ask(['transmit']);
    await store.ask(['transmit']);
    const refused = await copy.run(['transmit']);
    expect(refused.exitCode).toBe(3);
    expect(refused.out).toContain('Riverside');
  });

  test('Ctrl-C in the middle of an upload ends with 130, and the next run completes', async () => {
    let stall = false;
    const interrupt = new AbortController();
    const { central, store } = await office(({ verb }) => {
      if (!stall || verb !== 'STOR') return undefined;
      interrupt.abort();
      return { kind: 'stall-data', afterBytes: 1000 };
    });
    await central.ask(['transmit']);
    await store.ask(['transmit']);
    writeFileSync(join(store.dataDir, 'outgoing/daily-close/big.bin'), systemRandom.bytes(3_000_000));
    stall = true;
    const stopped = await store.run(['transmit'], { interrupt: interrupt.signal });
    expect(stopped.err).toContain('Ctrl-C again ends at once');
    expect(stopped.exitCode).toBe(130);
    stall = false;
    await store.ask(['transmit']);
    expect(await central.ask(['transmit'])).toMatchObject({
      received: { files: 1, bytes: expect.any(Number) },
    });
    expect(readFileSync(join(central.dataDir, 'incoming/daily-close/0012/big.bin')).length).toBe(3_000_000);
  });

  test('npm run branchline prints the program’s words only', async () => {
    const ran = await runProcess(['npm', 'run', '-s', 'branchline', '--', '--version', '--json']);
    expect(ran).toMatchObject({
      exitCode: 0,
      out: `${JSON.stringify({ ok: true, exitCode: 0, value: { text: '0.1.0' } })}\n`,
    });
  });
});

describe('the demo as a real process', () => {
  const demo = (args: readonly string[], folder: string, interrupt?: AbortSignal) =>
    runProcess([process.execPath, 'electron/cli/branchline.ts', 'demo', ...args], {
      env: { TMPDIR: folder },
      ...(interrupt === undefined ? {} : { interrupt }),
    });

  test('shows that every file arrived, and leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const ran = await demo(['--json'], folder);
    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ ok: true, value: { agreed: true, problems: [] } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('--keep keeps the folders and says where', async () => {
    const folder = temporaryFolder();
    const ran = await demo(['--keep'], folder);
    const [kept = ''] = readdirSync(folder);
    expect(ran.out).toContain(join(folder, kept));
    expect(readdirSync(join(folder, kept)).toSorted()).toEqual(['0012', '0047', '0105', 'central', 'server']);
  });

  test('Ctrl-C ends it with 130 and leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const interrupt = new AbortController();
    // The folder appears when the demo has begun.
    const watcher = watch(folder, () => interrupt.abort());
    onTestFinished(() => watcher.close());
    const ran = await demo([], folder, interrupt.signal);
    expect(ran.exitCode).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});
