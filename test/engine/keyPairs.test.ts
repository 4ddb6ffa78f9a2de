import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readKeyFile } from '../../electron/transport/sftp/readKeyFile.ts';
import { central, openSite } from './officeSites.ts';

const passphrase = 'canary-of-the-new-key-5521';

test('a new key pair is for this user only, opens with its passphrase, and becomes the key file', async () => {
  const { engine, dataDir } = await openSite(central);
  const made = await engine.ask('access.createKey', {
    type: 'ed25519',
    comment: 'shop',
    passphrase,
    use: true,
  });
  expect(made.keyFile).toBe(join(dataDir, 'keys', 'branchline_ed25519'));
  if (process.platform !== 'win32') expect(statSync(made.keyFile).mode & 0o777).toBe(0o600);
  expect(readFileSync(`${made.keyFile}.pub`, 'utf8')).toBe(`${made.publicKey}\n`);
  expect(made.publicKey).toMatch(/^ssh-ed25519 \S+ shop$/);
  expect(readKeyFile({ path: made.keyFile, passphrase }).comment).toBe('shop');
  expect(engine.settings()?.ftp).toMatchObject({ logonType: 'key-file', keyFile: made.keyFile });
  expect(await engine.ask('access.hasPassphrase', {})).toEqual({ saved: true });
  expect(await engine.ask('access.showKey', {})).toEqual(made);
  expect(JSON.stringify([made, engine.settings()]) + readFileSync(made.keyFile, 'utf8')).not.toContain(
    passphrase,
  );
});

test('a file that is there is never overwritten, and nothing is left half made', async () => {
  const { engine, dataDir } = await openSite(central);
  const path = join(dataDir, 'mine');
  writeFileSync(`${path}.pub`, 'precious');
  await expect(engine.ask('access.createKey', { type: 'ed25519', path })).rejects.toMatchObject({
    code: 'key-exists',
  });
  expect(readFileSync(`${path}.pub`, 'utf8')).toBe('precious');
  expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
});

test.for([
  ['key', 'invalid-input'],
  ['/no/such/folder/key', 'key-folder-missing'],
] as const)('the path %s is refused as %s', async ([path, code]) => {
  const { engine } = await openSite(central);
  await expect(engine.ask('access.createKey', { type: 'ed25519', path })).rejects.toMatchObject({ code });
});

test('an RSA key is shown from its public half where no passphrase is known', async () => {
  const { engine, dataDir } = await openSite(central);
  const path = join(dataDir, 'rsa');
  const made = await engine.ask('access.createKey', { type: 'rsa', path, passphrase });
  expect(made.publicKey).toMatch(/^ssh-rsa /);
  expect(await engine.ask('access.showKey', { path })).toEqual(made);
});
