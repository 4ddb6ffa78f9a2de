import { describe, expect, test } from 'vitest';
import type { ServeOptions } from '../../electron/web/serve.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { runFake } from './runFake.ts';

/** A web host that prints two addresses and ends. */
function fakeServe() {
  const asked: ServeOptions[] = [];
  const serve = async (options: ServeOptions) => {
    asked.push(options);
    options.say('Open this.');
    options.onAddress('http://127.0.0.1:4711/?token=one');
    options.onAddress('http://127.0.0.1:4711/?token=two');
  };
  return { asked, parts: { serve } };
}

describe('serve', () => {
  test('each address is a line of its own on standard output', async () => {
    const { asked, parts } = fakeServe();
    const ran = await runFake(['serve', '--port', '8080', '--data-dir', '/tmp'], { parts });
    expect(ran.exitCode).toBe(0);
    expect(ran.out.split('\n').slice(0, 2)).toEqual([
      'http://127.0.0.1:4711/?token=one',
      'http://127.0.0.1:4711/?token=two',
    ]);
    expect(ran.err).toBe('Open this.\n');
    expect(asked[0]).toMatchObject({ dataDir: '/tmp', port: 8080, verbose: false });
  });

  test('with --json standard output is one document, and the addresses are on standard error', async () => {
    const ran = await runFake(['serve', '--json'], fakeServe());
    expect(ran.json().ok).toBe(true);
    expect(ran.err).toContain('token=one');
  });

  test.each(['65536', '-1', '80.5', 'http', ''])('a port %j is refused', async (port) => {
    const { asked, parts } = fakeServe();
    expect((await runFake(['serve', `--port=${port}`], { parts })).exitCode).toBe(2);
    expect(asked).toEqual([]);
  });

  test('a data directory that another program works on is "busy"', async () => {
    const busy = new ExchangeError({ code: 'busy', class: 'busy', message: 'Busy.' });
    const ran = await runFake(['serve'], { parts: { serve: () => Promise.reject(busy) } });
    expect(ran.exitCode).toBe(9);
  });
});
