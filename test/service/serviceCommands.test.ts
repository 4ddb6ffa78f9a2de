import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/openEngine.ts';
import type { ServiceWorld } from '../../electron/engine/service/serviceWorld.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { runFake } from '../cli/runFake.ts';
import { temporaryFolder } from '../platform/temporaryFolder.ts';
import { createFakeServices } from './fakeServices.ts';

const key = 'a key for this test and no other\n';

/** A store with an FTP server to log in to, and a vault key file; the password only when asked for. */
async function site(options: { readonly password?: boolean; readonly keychain?: boolean } = {}) {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'data');
  const keyFile = join(folder, 'vault.key');
  mkdirSync(dataDir);
  writeFileSync(keyFile, key, { mode: 0o600 });
  const env = { BRANCHLINE_VAULT_KEY_FILE: keyFile };
  const engine = await openEngine({ dataDir, clock: systemClock, random: systemRandom, env });
  const made = await engine.init({ role: 'store', storeNumber: '0012', name: 'Riverside' });
  await engine.saveSettings(
    { ...made, ftp: { ...made.ftp, host: 'ftp.example.com', username: 'office' } },
    { unproven: true },
  );
  if (options.password === true) await engine.setPassword('open sesame Cn4ry7q9Zx', { unproven: true });
  await engine.close();
  if (options.keychain === true) {
    const note = { id: '6f1c2f0e-8a1b-4c5d-9e2f-0123456789ab', keys: ['ftp-password'] };
    writeFileSync(join(dataDir, 'keychain.json'), JSON.stringify(note));
  }
  return { folder, dataDir, keyFile };
}

function run(
  dataDir: string,
  args: readonly string[],
  world: Partial<ServiceWorld> & { refuses?: RegExp } = {},
) {
  const services = createFakeServices(world);
  return runFake(['--data-dir', dataDir, 'service', ...args], { parts: { services } }).then((ran) => ({
    ...ran,
    services,
  }));
}

describe('branchline service install', () => {
  test('writes the unit of a person, starts it and keeps it running after log-out', async () => {
    const { dataDir, keyFile } = await site({ password: true });
    const { exitCode, services, out } = await run(dataDir, ['install', '--vault-key-file', keyFile]);
    expect(exitCode).toBe(0);
    const path = '/home/anna/.config/systemd/user/branchline.service';
    expect(out).toMatch(`Installed and started: ${path}`);
    expect([...services.files.keys()]).toEqual([path]);
    expect(services.files.get(path)?.toString()).toContain(
      `Environment="BRANCHLINE_VAULT_KEY_FILE=${keyFile}"`,
    );
    expect(services.ran).toEqual([
      'systemctl --user daemon-reload',
      'systemctl --user enable branchline.service',
      'systemctl --user restart branchline.service',
      'loginctl enable-linger',
    ]);
  });

  test('as root, makes one of the machine that runs as the owner of the data directory', async () => {
    const { dataDir } = await site({ password: true });
    const root = { me: { uid: 0, name: 'root' } };
    const { keyFile } = await site();
    chmodSync(keyFile, 0o640);
    const { services, exitCode, err } = await run(dataDir, ['install', '--vault-key-file', keyFile], root);
    expect([exitCode, err]).toEqual([0, '']);
    const unit = services.files.get('/etc/systemd/system/branchline.service')?.toString();
    expect(unit).toContain('\nUser=branchline\n');
    const named = await run(dataDir, ['install', '--run-as', 'office', '--vault-key-file', keyFile], root);
    expect(named.services.files.get('/etc/systemd/system/branchline.service')?.toString()).toContain(
      'User=office',
    );
    expect((await run(dataDir, ['install', '--run-as', 'nobody-there'], root)).exitCode).toBe(2);
  });

  test('does the same when it is done twice', async () => {
    const { dataDir, keyFile } = await site({ password: true });
    const services = createFakeServices();
    const args = ['--data-dir', dataDir, 'service', 'install', '--vault-key-file', keyFile];
    await runFake(args, { parts: { services } });
    const once = new Map(services.files);
    expect((await runFake(args, { parts: { services } })).exitCode).toBe(0);
    expect(services.files).toEqual(once);
  });

  test('refuses a service that would find no password, and says what to do', async () => {
    const { dataDir, keyFile } = await site();
    const none = await run(dataDir, ['install']);
    expect(none.exitCode).toBe(3);
    expect(none.err).toContain('--make-vault-key');
    const empty = await run(dataDir, ['install', '--vault-key-file', keyFile]);
    expect(empty.exitCode).toBe(3);
    expect(empty.err).toContain(
      `BRANCHLINE_VAULT_KEY_FILE=${keyFile} branchline --data-dir ${dataDir} config set ftp.password`,
    );
    const other = await site({ password: true, keychain: true });
    const keychain = await run(other.dataDir, ['install']);
    expect(keychain.err).toContain('is in the keychain');
    for (const { services } of [none, empty, keychain]) {
      expect([services.files.size, services.ran]).toEqual([0, []]);
    }
  });

  test('refuses a wrong key, one that everybody may read, and one that the account may not read', async () => {
    const { folder, dataDir, keyFile } = await site({ password: true });
    const wrong = join(folder, 'wrong.key');
    writeFileSync(wrong, 'another key that is long enough', { mode: 0o600 });
    expect((await run(dataDir, ['install', '--vault-key-file', wrong])).err).toContain(
      'does not open the vault',
    );
    chmodSync(wrong, 0o644);
    expect((await run(dataDir, ['install', '--vault-key-file', wrong])).err).toContain('chmod 600');
    const root = { me: { uid: 0, name: 'root' } };
    const unreadable = await run(dataDir, ['install', '--vault-key-file', keyFile], root);
    expect(unreadable.exitCode).toBe(3);
    expect(unreadable.err).toContain(`chown 1001 ${keyFile}`);
  });

  test('--make-vault-key makes one for its owner only, once, and asks for the password to be put there', async () => {
    const { folder, dataDir } = await site({ keychain: true });
    const path = join(folder, 'keys', 'new.key');
    const args = ['install', '--make-vault-key', '--vault-key-file', path];
    const first = await run(dataDir, args);
    expect(first.exitCode).toBe(3);
    expect(first.err).toMatch(/Made a key[\s\S]*config set ftp\.password[\s\S]*Then run this command again/);
    const made = readFileSync(path, 'utf8');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(Buffer.from(made, 'base64')).toHaveLength(32);
    expect(first.out + first.err).not.toContain(made.trim());
    expect(existsSync(join(dataDir, 'vault.json'))).toBe(false);

    const env = { BRANCHLINE_VAULT_KEY_FILE: path };
    const set = await openEngine({ dataDir, clock: systemClock, random: systemRandom, env });
    await set.setPassword('open sesame Cn4ry7q9Zx', { unproven: true });
    await set.close();
    const second = await run(dataDir, args);
    expect(second.exitCode).toBe(0);
    expect(second.err).toContain('stays as it is');
    expect(readFileSync(path, 'utf8')).toBe(made);
  });

  test('--dry-run shows the file and the commands and changes nothing', async () => {
    const { dataDir } = await site();
    const { exitCode, out, services } = await run(dataDir, [
      'install',
      '--dry-run',
      '--scope',
      'system',
      '--quiet',
    ]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /^# \/etc\/systemd\/system\/branchline\.service\n\[Unit\][\s\S]*\nsystemctl daemon-reload\n/,
    );
    expect([services.files.size, services.ran]).toEqual([0, []]);
    const json = await run(dataDir, ['install', '--dry-run', '--json']);
    expect(json.json().value).toMatchObject({ commands: expect.arrayContaining(['loginctl enable-linger']) });
  });

  test('needs root for a service of the machine', async () => {
    const { dataDir } = await site();
    expect((await run(dataDir, ['install', '--scope', 'system'])).exitCode).toBe(2);
  });

  test('says what the system refused, and goes on where only a wish was refused', async () => {
    const { dataDir, keyFile } = await site({ password: true });
    const args = ['install', '--vault-key-file', keyFile];
    const refused = await run(dataDir, args, { refuses: /enable branchline/ });
    expect(refused.exitCode).toBe(1);
    expect(refused.err).toContain('Access denied');
    const lingering = await run(dataDir, args, { refuses: /enable-linger/ });
    expect(lingering.exitCode).toBe(0);
    expect(lingering.out).toContain('"loginctl enable-linger" did not work: Access denied');
  });

  test.each([
    [['install', '--name', '../x'], 2],
    [['install', '--scope', 'office'], 2],
    [['install', '--run-as', 'office'], 2],
  ])('refuses %j', async (args, exitCode) => {
    const { dataDir } = await site();
    expect((await run(dataDir, args)).exitCode).toBe(exitCode);
  });

  test('refuses a folder that is no site', async () => {
    expect((await run(temporaryFolder(), ['install'])).exitCode).toBe(3);
  });
});

describe('other systems', () => {
  test('launchd: an agent of a person, or a daemon of the machine', async () => {
    const { dataDir, keyFile } = await site({ password: true });
    const mac = { platform: 'darwin' as const, home: '/Users/anna', me: { uid: 501, name: 'anna' } };
    const agent = await run(dataDir, ['install'], mac);
    expect(agent.exitCode).toBe(0);
    expect(agent.out).toContain('while they are logged in');
    expect(agent.services.ran.at(-1)).toBe(
      'launchctl bootstrap gui/501 /Users/anna/Library/LaunchAgents/net.branchline.branchline.plist',
    );
    const root = { ...mac, me: { uid: 0, name: 'root' }, ownerOf: () => undefined };
    const daemon = await run(dataDir, ['install', '--vault-key-file', keyFile], root);
    expect([...daemon.services.files.keys()]).toEqual([
      '/Library/LaunchDaemons/net.branchline.branchline.plist',
    ]);
  });

  test('Task Scheduler: the key file is named by an argument, the file is UTF-16', async () => {
    const { dataDir, keyFile } = await site({ password: true });
    const windows = { platform: 'win32' as const, me: { uid: -1, name: 'OFFICE\\anna' } };
    const { services, exitCode } = await run(dataDir, ['install', '--vault-key-file', keyFile], windows);
    expect(exitCode).toBe(0);
    const [path = '', bytes = Buffer.alloc(0)] = [...services.files][0] ?? [];
    expect(path).toContain('branchline-task.xml');
    expect(bytes.toString('utf16le')).toContain(`--vault-key-file ${keyFile}</Arguments>`);
    expect(bytes.toString('utf16le')).toContain('<UserId>OFFICE\\anna</UserId>');
    expect(services.ran[0]).toBe(`schtasks /Create /TN branchline /XML ${path} /F`);
  });

  test('a system without a known service manager is told so', async () => {
    const { dataDir } = await site();
    const ran = await run(dataDir, ['install'], { platform: 'freebsd' });
    expect(ran.err).toContain('branchline engine');
    expect(ran.exitCode).toBe(1);
  });
});

describe('branchline service status and uninstall', () => {
  test('say when there is none', async () => {
    const { dataDir } = await site();
    expect((await run(dataDir, ['status'])).exitCode).toBe(3);
    const removed = await run(dataDir, ['uninstall']);
    expect(removed.exitCode).toBe(0);
    expect(removed.out).toContain('There is no such service');
    expect(removed.services.ran).toEqual([]);
  });

  test('tell how an installed one does, and remove it with all data left as it was', async () => {
    const { dataDir, keyFile } = await site({ password: true });
    const services = createFakeServices();
    const world = { parts: { services } };
    const at = ['--data-dir', dataDir, 'service'];
    await runFake([...at, 'install', '--vault-key-file', keyFile], world);
    const still = await runFake([...at, 'status'], world);
    expect(still.exitCode).toBe(1);
    const running = { parts: { services: { ...services, isServed: async () => true } } };
    const status = await runFake([...at, 'status', '--json'], running);
    expect(status.json()).toMatchObject({
      ok: true,
      value: { installed: true, running: true, system: 'active' },
    });
    const settings = readFileSync(join(dataDir, 'settings.json'), 'utf8');
    services.ran.length = 0;
    expect((await runFake([...at, 'uninstall'], world)).exitCode).toBe(0);
    expect(services.ran).toEqual([
      'systemctl --user disable --now branchline.service',
      'systemctl --user daemon-reload',
    ]);
    expect(services.files.size).toBe(0);
    expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).toBe(settings);
    expect(existsSync(keyFile)).toBe(true);
  });
});
