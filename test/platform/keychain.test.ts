import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './temporaryFolder.ts';

const run = promisify(execFile);
const { CI } = process.env;

/** Debian packages libsecret-1-0, gnome-keyring and dbus-x11. */
async function whyNoSecretService(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'made for Linux';
  for (const program of ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon']) {
    if (spawnSync(program, ['--version']).error !== undefined) return `${program} is missing`;
  }
  try {
    await import('keytar');
    return undefined;
  } catch {
    return 'libsecret is missing';
  }
}

const obstacle = await whyNoSecretService();

/** Without the person's own home and bus: a test must not touch a real keyring. */
function surroundings(home: string): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { PATH, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: home, TMPDIR: home };
}

const suite = obstacle === undefined || CI === 'true' ? describe : describe.skip;

suite(`a real secret service${obstacle === undefined ? '' : ` (${obstacle})`}`, () => {
  it('keeps a password from one opening to the next, and forgets it on request', async () => {
    const home = temporaryFolder();
    const { stdout } = await run(
      'dbus-run-session',
      ['--', process.execPath, join(import.meta.dirname, 'keychainSession.ts')],
      { env: surroundings(home), timeout: 50_000 },
    );
    expect(JSON.parse(stdout)).toEqual({
      kept: true,
      others: ['passphrase', 'mail'],
      where: "the operating system's keychain",
    });
  });
});

describe('a machine without a secret service', () => {
  it.skipIf(process.platform !== 'linux')('is told to name a key for a vault, at once', async () => {
    const home = temporaryFolder();
    const script = `
      import { openSecrets } from ${JSON.stringify(join(import.meta.dirname, '../../electron/platform/secrets/openSecrets.ts'))};
      openSecrets({ dataDir: ${JSON.stringify(home)}, env: {} }).set('ftp-password', 'hunter2').then(
        () => console.log('kept'),
        (error) => console.log(JSON.stringify({ code: error.code, advice: error.advice })),
      );`;
    const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '-e', script], {
      env: { ...surroundings(home), DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home, 'no-bus')}` },
      timeout: 20_000,
    });
    expect(JSON.parse(stdout)).toEqual({
      code: 'secrets-unavailable',
      advice: expect.stringContaining('BRANCHLINE_VAULT_KEY_FILE'),
    });
  });
});
