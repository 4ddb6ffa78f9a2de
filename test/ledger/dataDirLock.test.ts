import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockDataDir } from '../../electron/ledger/dataDirLock.ts';
import { temporaryFolder } from './ledgerFixture.ts';

/** A process that takes the lock, says so (`held`, or the refusal's message), and waits to be killed. */
async function startHolder(
  dataDir: string,
): Promise<{ readonly child: ChildProcess; readonly said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'holdLock.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [said] = await once(child.stdout, 'data');
  return { child, said: String(said).trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

const busy = (message: unknown) => expect.objectContaining({ code: 'busy', class: 'busy', message });

describe('the lock of a data directory', () => {
  it('refuses a second holder in this process until the first releases it', () => {
    const dataDir = temporaryFolder();
    const lock = lockDataDir(dataDir);
    expect(() => lockDataDir(dataDir)).toThrow(busy(expect.stringContaining(`process ${process.pid}`)));
    expect(() => lockDataDir(dataDir)).toThrow(busy(expect.any(String)));
    lock.release();
    lock.release();
    lockDataDir(dataDir).release();
    expect(readdirSync(dataDir)).toEqual(['lock.db']);
  });

  it('refuses a second process, naming the first, and is free as soon as that one is killed', async () => {
    const dataDir = temporaryFolder();
    const { child, said } = await startHolder(dataDir);
    expect(said).toBe('held');
    expect(() => lockDataDir(dataDir)).toThrow(busy(expect.stringContaining(`process ${child.pid}`)));
    await kill(child);
    const lock = lockDataDir(dataDir);
    const refused = await startHolder(dataDir);
    expect(refused.said).toContain(`process ${process.pid}`);
    lock.release();
  });

  it('goes to exactly one of several that start at once', async () => {
    const dataDir = temporaryFolder();
    const dead = await startHolder(dataDir);
    await kill(dead.child);
    const holders = await Promise.all(Array.from({ length: 5 }, () => startHolder(dataDir)));
    expect(holders.filter(({ said }) => said === 'held')).toHaveLength(1);
  });

  it('does not name a process where the note of its owner is unreadable', async () => {
    const dataDir = temporaryFolder();
    const lock = lockDataDir(dataDir);
    onTestFinished(() => lock.release());
    writeFileSync(join(dataDir, 'lock.owner'), 'not a\nnumber');
    expect(() => lockDataDir(dataDir)).toThrow(busy(`Another Branchline is working in ${dataDir}.`));
  });

  it('says where the folder is missing', () => {
    expect(() => lockDataDir(join(temporaryFolder(), 'none'))).toThrow(
      expect.objectContaining({ code: 'data-dir-not-writable', class: 'fix' }),
    );
  });
});
