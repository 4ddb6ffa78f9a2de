import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../electron/platform/random.ts';
import { createKeychainSecrets } from '../../electron/platform/secrets/keychainSecrets.ts';
import { createMemorySecrets } from '../../electron/platform/secrets/memorySecrets.ts';
import { openSecrets } from '../../electron/platform/secrets/openSecrets.ts';
import { createVaultSecrets } from '../../electron/platform/secrets/vaultSecrets.ts';
import { checkSecretsContract } from './checkSecretsContract.ts';
import { createFakeKeychain } from './fakeKeychain.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const vaultKey = 'correct horse battery staple';
const key = 'ftp-password';

const vaultAt = (path: string, value = vaultKey) =>
  createVaultSecrets({ path, key: { kind: 'variable', value }, random: systemRandom });

const refusal = (code: string, message: unknown = expect.any(String)) =>
  expect.objectContaining({ code, class: 'fix', message });

checkSecretsContract('the vault', () => {
  const path = join(temporaryFolder(), 'vault.json');
  return () => vaultAt(path);
});

checkSecretsContract('the keychain adapter over a fake keychain', () => {
  const dataDir = temporaryFolder();
  const keychain = createFakeKeychain();
  return () => createKeychainSecrets({ dataDir, random: systemRandom, load: async () => keychain });
});

checkSecretsContract('the memory of a process', () => {
  const secrets = createMemorySecrets();
  return () => secrets;
});

describe('the vault', () => {
  it('holds nothing readable, for its owner only, and nothing beside it', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'vault.json');
    await vaultAt(path).set(key, 'hunter2-hunter2');
    const text = readFileSync(path, 'utf8');
    for (const form of [
      'hunter2',
      'ftp-password',
      Buffer.from('hunter2').toString('base64').slice(0, 8),
      vaultKey,
    ]) {
      expect(text).not.toContain(form);
    }
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['vault.json']);
  });

  it('never uses a nonce twice', async () => {
    const path = join(temporaryFolder(), 'vault.json');
    const nonces = new Set<string>();
    for (const value of ['one', 'one', 'two']) {
      await vaultAt(path).set(key, value);
      nonces.add(JSON.parse(readFileSync(path, 'utf8')).nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it('keeps what overlapping changes set', async () => {
    const path = join(temporaryFolder(), 'vault.json');
    const vault = vaultAt(path);
    await Promise.all([vault.set(key, 'first'), vault.remove(key), vault.set(key, 'last')]);
    expect(await vault.get(key)).toBe('last');
  });

  it('refuses a wrong key for reading and for writing, and stays as it was', async () => {
    const path = join(temporaryFolder(), 'vault.json');
    await vaultAt(path).set(key, 'hunter2');
    const before = readFileSync(path, 'utf8');
    const other = vaultAt(path, 'another key altogether');
    await expect(other.get(key)).rejects.toThrow(refusal('vault-key-wrong'));
    await expect(other.set(key, 'x')).rejects.toThrow(refusal('vault-key-wrong'));
    await expect(other.remove(key)).rejects.toThrow(refusal('vault-key-wrong'));
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(await vaultAt(path).get(key)).toBe('hunter2');
  });

  it('refuses a file that was cut short, and does not write over it', async () => {
    const path = join(temporaryFolder(), 'vault.json');
    await vaultAt(path).set(key, 'hunter2');
    await vaultAt(path).set('mail-password', 'hunter3');
    const text = readFileSync(path, 'utf8');
    for (const length of [0, 1, 100, text.length - 5]) {
      writeFileSync(path, text.slice(0, length));
      for (const each of [key, 'mail-password', 'ssh-key-passphrase'] as const)
        await expect(vaultAt(path).get(each)).rejects.toThrow(refusal('vault-damaged'));
      await expect(vaultAt(path).get(key)).rejects.toThrow(refusal('vault-damaged'));
      await expect(vaultAt(path).set(key, 'x')).rejects.toThrow(refusal('vault-damaged'));
      expect(readFileSync(path, 'utf8')).toBe(text.slice(0, length));
    }
  });

  it('refuses a file in which any field was changed', async () => {
    const path = join(temporaryFolder(), 'vault.json');
    await vaultAt(path).set(key, 'hunter2');
    const vault = JSON.parse(readFileSync(path, 'utf8'));
    const turned = (text: string) => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`);
    const changes = [
      { format: 'other' },
      { formatVersion: 2 },
      { cipher: 'aes-128-gcm' },
      { kdf: { ...vault.kdf, cost: 2 ** 30 } },
      { kdf: { ...vault.kdf, cost: 2 ** 14 } },
      { kdf: { ...vault.kdf, salt: turned(vault.kdf.salt) } },
      { keyCheck: turned(vault.keyCheck) },
      { nonce: turned(vault.nonce) },
      { tag: turned(vault.tag) },
      { tag: vault.tag.slice(0, 8) },
      { data: turned(vault.data) },
      { data: '' },
      { extra: true },
    ];
    for (const change of changes) {
      writeFileSync(path, JSON.stringify({ ...vault, ...change }));
      await expect(vaultAt(path).get(key), JSON.stringify(change)).rejects.toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^vault-(damaged|key-wrong)$/) }),
      );
    }
  });
});

describe('the vault key', () => {
  const withKeyFile = (content: string, mode = 0o600) => {
    const folder = temporaryFolder();
    const keyFile = join(folder, 'key');
    writeFileSync(keyFile, content);
    chmodSync(keyFile, mode);
    return openSecrets({ dataDir: folder, env: { BRANCHLINE_VAULT_KEY_FILE: keyFile } });
  };

  it('may come from a file, whose last line break does not count', async () => {
    const folder = temporaryFolder();
    const keyFile = join(folder, 'key');
    writeFileSync(keyFile, `${vaultKey}\r\n`, { mode: 0o600 });
    await openSecrets({ dataDir: folder, env: { BRANCHLINE_VAULT_KEY_FILE: keyFile } }).set(key, 'hunter2');
    const byVariable = openSecrets({ dataDir: folder, env: { BRANCHLINE_VAULT_KEY: vaultKey } });
    expect(await byVariable.get(key)).toBe('hunter2');
  });

  it('is refused when it is short or its file is missing', async () => {
    await expect(withKeyFile('short\n').get(key)).rejects.toThrow(refusal('vault-key-unusable'));
    const env = { BRANCHLINE_VAULT_KEY_FILE: '/no/such/file' };
    const missing = openSecrets({ dataDir: temporaryFolder(), env });
    await expect(missing.set(key, 'x')).rejects.toThrow(
      refusal('vault-key-unusable', expect.stringContaining('/no/such/file')),
    );
    const short = openSecrets({ dataDir: temporaryFolder(), env: { BRANCHLINE_VAULT_KEY: 'short' } });
    await expect(short.get(key)).rejects.toThrow(refusal('vault-key-unusable'));
  });

  it.skipIf(process.platform === 'win32')('is refused when every account may read its file', async () => {
    await expect(withKeyFile(vaultKey, 0o644).set(key, 'x')).rejects.toThrow(
      refusal('vault-key-unusable', expect.stringContaining('Every account')),
    );
    await withKeyFile(vaultKey, 0o640).set(key, 'x');
  });
});

describe('the choice of where secrets are kept', () => {
  it('takes the password of the environment before any other, and writes behind it', async () => {
    const dataDir = temporaryFolder();
    const behind = { BRANCHLINE_VAULT_KEY: vaultKey };
    const secrets = openSecrets({ dataDir, env: { ...behind, BRANCHLINE_PASSWORD: 'from-env' } });
    await secrets.set(key, 'kept');
    expect(await secrets.get(key)).toBe('from-env');
    expect(secrets.describe()).toContain('BRANCHLINE_PASSWORD');
    const without = openSecrets({ dataDir, env: { ...behind, BRANCHLINE_PASSWORD: '' } });
    expect(await without.get(key)).toBe('kept');
    expect(without.describe()).toBe(`the encrypted vault file ${join(dataDir, 'vault.json')}`);
  });

  it('refuses two keys at once', async () => {
    const env = { BRANCHLINE_VAULT_KEY: vaultKey, BRANCHLINE_VAULT_KEY_FILE: '/some/file' };
    await expect(openSecrets({ dataDir: temporaryFolder(), env }).get(key)).rejects.toThrow(
      refusal('secrets-unavailable', expect.stringContaining('both set')),
    );
  });

  it('does not pass over a vault whose key was not named', async () => {
    const dataDir = temporaryFolder();
    await openSecrets({ dataDir, env: { BRANCHLINE_VAULT_KEY: vaultKey } }).set(key, 'hunter2');
    const secrets = openSecrets({ dataDir, env: {} });
    await expect(secrets.get(key)).rejects.toThrow(
      refusal('secrets-unavailable', expect.stringContaining('vault.json')),
    );
    await expect(secrets.set(key, 'x')).rejects.toThrow(refusal('secrets-unavailable'));
  });

  it('falls back to the keychain', () => {
    expect(openSecrets({ dataDir: temporaryFolder(), env: {} }).describe()).toContain('keychain');
  });
});

describe('the keychain adapter', () => {
  it('keeps the secrets of two data directories apart', async () => {
    const keychain = createFakeKeychain();
    const open = (dataDir: string) =>
      createKeychainSecrets({ dataDir, random: systemRandom, load: async () => keychain });
    const [one, other] = [open(temporaryFolder()), open(temporaryFolder())];
    await one.set(key, 'one');
    expect(await other.get(key)).toBeUndefined();
    await other.set(key, 'other');
    expect(await one.get(key)).toBe('one');
  });

  it('does not take a locked keychain, which answers like an empty one, for a forgotten password', async () => {
    const dataDir = temporaryFolder();
    const keychain = createFakeKeychain();
    let locked = false;
    const secrets = createKeychainSecrets({
      dataDir,
      random: systemRandom,
      load: async () => (locked ? createFakeKeychain() : keychain),
    });
    await secrets.set(key, 'hunter2');
    locked = true;
    await expect(secrets.get(key)).rejects.toThrow(
      refusal('secrets-unavailable', expect.stringContaining('locked')),
    );
    locked = false;
    expect(await secrets.get(key)).toBe('hunter2');
    await secrets.remove(key);
    locked = true;
    expect(await secrets.get(key)).toBeUndefined();
  });

  it('says so when its note was spoilt', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'keychain.json'), '{"id":');
    const keychain = createFakeKeychain();
    const secrets = createKeychainSecrets({ dataDir, random: systemRandom, load: async () => keychain });
    await expect(secrets.get(key)).rejects.toThrow(
      refusal('secrets-unavailable', expect.stringContaining('spoilt')),
    );
  });

  it('says what to do where there is no keychain, and leaves no password anywhere', async () => {
    const dataDir = temporaryFolder();
    const secrets = createKeychainSecrets({
      dataDir,
      random: systemRandom,
      load: () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file')),
    });
    const refused = expect.objectContaining({
      code: 'secrets-unavailable',
      class: 'fix',
      advice: expect.stringContaining('BRANCHLINE_VAULT_KEY_FILE'),
    });
    await expect(secrets.set(key, 'hunter2')).rejects.toThrow(refused);
    // Nothing was kept, so nothing need be asked.
    expect(await secrets.get(key)).toBeUndefined();
    for (const name of readdirSync(dataDir)) {
      expect(readFileSync(join(dataDir, name), 'utf8')).not.toContain('hunter2');
    }
  });
});
