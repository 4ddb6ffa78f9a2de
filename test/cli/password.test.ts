import { describe, expect, test } from 'vitest';
import { FakeEngine, storeSettings } from './fakeEngine.ts';
import { runFake } from './runFake.ts';

const setPassword = ['config', 'set', 'ftp.password'];

describe('the password', () => {
  test('comes from standard input, without its line end', async () => {
    const ran = await runFake([...setPassword, '--password-stdin'], { stdin: ' pässword= \r\n' });
    expect(ran.exitCode).toBe(0);
    expect(ran.engine.password).toBe(' pässword= ');
    expect(ran.out + ran.err).not.toContain('pässword=');
  });

  test('comes from the variable', async () => {
    const ran = await runFake(setPassword, { env: { BRANCHLINE_PASSWORD: 'secret' } });
    expect(ran.engine.password).toBe('secret');
    expect(ran.out + ran.err).not.toContain('secret');
  });

  test('comes from a prompt that shows nothing, with corrections', async () => {
    const engine = new FakeEngine('/data');
    engine.current = storeSettings({ ftp: { username: 'office' } });
    const ran = await runFake(setPassword, { engine, terminal: true, stdin: 'sekü\u007fret\r' });
    expect(ran.exitCode).toBe(0);
    expect(engine.password).toBe('sekret');
    expect(ran.err).toContain('Password of office');
    expect(ran.out + ran.err).not.toContain('sek');
  });

  test('Ctrl-C at the prompt stops without a change', async () => {
    const ran = await runFake(['config', 'set', 'ftp.port=22', 'ftp.password'], {
      terminal: true,
      stdin: 'ab\u0003',
    });
    expect(ran.exitCode).toBe(130);
    expect(ran.engine.password).toBeUndefined();
    expect(ran.engine.calls).toEqual([]);
  });

  test.each([[['ftp.password=hunter2']], [['ftp.password', 'hunter2']], [['ftp.password', '=hunter2']]])(
    '%j, an argument, is refused and not repeated',
    async (words) => {
      const ran = await runFake(['config', 'set', ...words]);
      expect(ran.exitCode).toBe(2);
      expect(ran.out + ran.err).not.toContain('hunter2');
      expect(ran.engine.password).toBeUndefined();
    },
  );

  test.each([
    ['empty', ''],
    ['two lines', 'a\nb\n'],
    ['a control character', 'a\u0000b'],
    ['endless', 'x'.repeat(5000)],
  ])('one that is %s is refused', async (_what, stdin) => {
    const ran = await runFake([...setPassword, '--password-stdin'], { stdin });
    expect(ran.exitCode).toBe(2);
    expect(ran.engine.password).toBeUndefined();
  });

  test('without keyboard, pipe or variable it says how to give it', async () => {
    const ran = await runFake(setPassword);
    expect(ran.exitCode).toBe(2);
    expect(ran.err).toContain('--password-stdin');
  });

  test('unset forgets it', async () => {
    const engine = new FakeEngine('/data');
    engine.password = 'secret';
    await runFake(['config', 'unset', 'ftp.password'], { engine });
    expect(engine.password).toBeUndefined();
  });
});
