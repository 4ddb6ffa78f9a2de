import { describe, expect, test } from 'vitest';
import { ExchangeError } from '../../shared/errors.ts';
import type { CheckReport } from '../../shared/views.ts';
import { FakeEngine, storeSettings } from './fakeEngine.ts';
import { runFake } from './runFake.ts';

const proven: CheckReport = {
  ok: true,
  verdict: 'Logged in, and wrote, read back and deleted a file in the home directory.',
  server: 'ftp://office@ftp.example.com:21/',
  steps: [],
};
const refused: CheckReport = { ...proven, ok: false, verdict: 'The server refused the log-in.' };

function engineWith(ftp: object, password?: string): FakeEngine {
  const engine = new FakeEngine('/data');
  engine.current = storeSettings({ ftp });
  engine.password = password;
  return engine;
}

describe('config set says whether what it saved is proven', () => {
  test('proven: with the verdict', async () => {
    const engine = engineWith({ username: 'office' }, 'secret');
    engine.proof = proven;
    const ran = await runFake(['config', 'set', 'ftp.host=ftp.example.com'], { engine });
    expect(ran.exitCode).toBe(0);
    expect(ran.out).toMatch(/^Proven and saved\. Logged in/);
  });

  test.each([
    [{}, 'ftp.host=ftp.example.com', 'Username'],
    [{ host: 'ftp.example.com' }, 'ftp.username=office', 'Password'],
    [{ username: 'office' }, 'ftp.homeDir=/exchange', 'Host'],
  ])('incomplete (%j, then %s): what is still missing', async (ftp, typed, missing) => {
    const ran = await runFake(['config', 'set', typed, '--json'], { engine: engineWith(ftp) });
    expect(ran.json()).toMatchObject({ ok: true, value: { proof: 'incomplete' } });
    const said = await runFake(['config', 'set', typed], { engine: engineWith(ftp) });
    expect(said.out).toContain(`Saved, not proven yet: the FTP Configuration has no ${missing} yet.`);
  });

  test('unproven: loudly', async () => {
    const engine = engineWith({ username: 'office' }, 'secret');
    engine.proof = refused;
    const ran = await runFake(['config', 'set', 'ftp.host=ftp.example.com', '--unproven'], { engine });
    expect(ran.exitCode).toBe(0);
    expect(ran.out).toMatch(
      /^Saved WITHOUT PROOF, which the history keeps\. The server refused the log-in\./,
    );
  });

  test('other settings: plainly', async () => {
    const engine = engineWith({ host: 'ftp.example.com', username: 'office' }, 'secret');
    const ran = await runFake(['config', 'set', 'delivery.retries=3', '--json'], { engine });
    expect(ran.json()).toMatchObject({ value: { proof: 'unchanged' } });
  });

  test('not at all: with the exit code of what stands in the way', async () => {
    const engine = engineWith({ username: 'office' }, 'secret');
    engine.saveSettings = () => {
      throw new ExchangeError({
        code: 'store-number-taken',
        class: 'fix',
        message: 'Store number 0012 is already used.',
      });
    };
    const ran = await runFake(['config', 'set', 'ftp.host=ftp.example.com', '--unproven'], { engine });
    expect(ran.exitCode).toBe(3);
    expect(ran.err).toContain('already used');
  });
});

test('history list shows what was noted, and history notes gives it to scripts', async () => {
  const engine = new FakeEngine('/data');
  engine.notes = [
    { atMs: 1_795_250_000_000, level: 'warning', text: 'The FTP Configuration was saved without proof.' },
  ];
  expect((await runFake(['history'], { engine })).out).toMatch(/Also noted:\n +2026-.*saved without proof/);
  expect((await runFake(['history', '--json'], { engine })).json().value).toEqual([]);
  expect((await runFake(['history', 'notes', '--json'], { engine })).json().value).toEqual(engine.notes);
});
