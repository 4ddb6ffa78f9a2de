import { describe, expect, test } from 'vitest';
import { runFake } from './runFake.ts';

const nonsense: readonly (readonly string[])[] = [
  [],
  [''],
  ['frobnicate'],
  ['transmitt'],
  ['config'],
  ['channels'],
  ['config', 'frob'],
  ['transmit', 'now'],
  ['transmit', '--frob'],
  ['transmit', '--export-only', '--import-only'],
  ['status', '--data-dir'],
  ['status', '--data-dir', ''],
  ['status', '--data-dir', '/dev/null'],
  ['status', '--data-dir', 'a\0b'],
  ['init'],
  ['init', '--role', 'boss', '--name', 'x'],
  ['init', '--role', 'store', '--name', 'x'],
  ['init', '--role', 'store', '--name', 'x', '--number', '12345678'],
  ['init', '--role', 'store', '--name', 'x', '--number', 'central'],
  ['init', '--role', 'store', '--name', 'x', '--number', '12', '--guid', '12'],
  ['init', '--role', 'store', '--name', 'x', '--number', '12', '--office-id', '12'],
  ['init', '--role', 'store', '--name', ' ', '--number', '12'],
  ['init', '--role', 'central', '--name', 'x', '--number', '12'],
  ['config', 'set'],
  ['config', 'set', 'ftp.port'],
  ['config', 'set', 'ftp.port', 'many'],
  ['config', 'set', 'ftp.port', '70000'],
  ['config', 'set', 'ftp.port=1e3'],
  ['config', 'set', 'ftp.port='],
  ['config', 'set', 'ftp.port=21', 'ftp.port=22'],
  ['config', 'set', 'ftp.prot', '21'],
  ['config', 'set', '=', '='],
  ['config', 'set', '__proto__.x=1'],
  ['config', 'set', 'constructor=1'],
  ['config', 'set', 'ftp', 'x'],
  ['config', 'set', 'ftp.enableSsl=perhaps'],
  ['config', 'set', 'ftp.protocol=gopher'],
  ['config', 'set', 'ftp.host=a\nb'],
  ['config', 'set', 'ftp.activePorts.from=5000'],
  ['config', 'set', 'ftp.activePorts.from=5000', 'ftp.activePorts.through=4000'],
  ['config', 'set', 'ftp.activeAddress=here'],
  ['config', 'set', 'folders.outgoing='],
  ['config', 'set', 'site.guid=1'],
  ['config', 'set', 'channels=a'],
  ['config', 'unset'],
  ['config', 'unset', 'site.name'],
  ['config', 'unset', 'frob'],
  ['config', 'show', 'frob'],
  ['channels', 'add'],
  ['channels', 'add', 'Daily Close'],
  ['channels', 'add', '../x'],
  ['channels', 'add', 'con'],
  ['channels', 'remove', 'absent'],
  ['queue', 'retry', '99'],
  ['queue', 'skip'],
  ['queue', 'skip', 'x'],
  ['queue', 'cancel', '-1'],
  ['resend'],
  ['resend', ''],
  ['resend', 'p', '--to', 'all'],
  ['resend', '--to', 'everybody'],
  ['resend', '--since', 'yesterday'],
  ['resend', '--since', '2026-02-30'],
  ['resend', '--since', '2999-01-01'],
  ['history', '--limit', '0'],
  ['history', 'list', '--limit', 'x'],
  ['history', 'show', 'absent'],
  ['verify'],
  ['verify', ''],
  ['verify', '/absent.tar.zst'],
  ['verify', '/tmp'],
  ['unpack', '/absent.tar.zst'],
  ['unpack', '/dev/null'],
];

describe('nonsense', () => {
  test.each(nonsense.map((argv) => [argv]))('%j is refused in words, with exit code 2', async (argv) => {
    const ran = await runFake(argv);
    expect(ran.exitCode).toBe(2);
    expect(ran.out).toBe('');
    expect(ran.err).toMatch(/What to do: |See: |Usage: /);
    expect(ran.err).not.toMatch(/\n {4}at |undefined|Error:/);
    expect(ran.engine.calls).toEqual([]);
  });

  test.each(nonsense.map((argv) => [argv]))('%j --json answers one document that says why', async (argv) => {
    const ran = await runFake(['--json', ...argv]);
    expect(ran.exitCode).toBe(2);
    const answer = ran.json();
    expect(answer.ok).toBe(false);
    expect(answer.exitCode).toBe(2);
    expect(answer.error?.code).toBe('usage');
    expect(answer.error?.message).toMatch(/\S.*\.$/s);
    expect(answer.error?.advice).toMatch(/\S/);
  });
});
