import { describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { createLog } from '../../electron/platform/log.ts';

function logInto(secrets: readonly string[] = []) {
  const lines: string[] = [];
  const clock = { ...systemClock, now: () => 0 };
  const log = createLog({
    level: 'info',
    clock,
    secrets: () => secrets,
    destination: { write: (line) => lines.push(line) },
  });
  return { log, lines, read: () => lines.map((line) => JSON.parse(line)) };
}

describe('the log', () => {
  it('writes one JSON object a line, with the time of its clock', () => {
    const { log, lines, read } = logInto();
    log.info({ packet: 'p\n1' }, 'published');
    log.warn('careful');
    expect(read()).toEqual([
      { level: 'info', time: '1970-01-01T00:00:00.000Z', packet: 'p\n1', msg: 'published' },
      { level: 'warn', time: '1970-01-01T00:00:00.000Z', msg: 'careful' },
    ]);
    for (const line of lines) expect(line.indexOf('\n')).toBe(line.length - 1);
  });

  it('leaves out what lies below its level', () => {
    const { log, lines } = logInto();
    log.debug('detail');
    expect(lines).toEqual([]);
  });

  it('hides secrets in messages, values, errors and children, and stays valid JSON', () => {
    const secret = 'hun"ter\\2';
    const { log, lines, read } = logInto([secret]);
    log.info(`PASS ${secret}`);
    log.info({ password: 'other', nested: { url: 'ftp://me:pw@host/' }, list: [secret] }, 'connect');
    log.error(new Error(`refused ${secret}`));
    log.child({ who: secret }).info('child');
    const text = lines.join('');
    expect(text).not.toMatch(/ter|other|:pw@/);
    expect(read()[0]).toMatchObject({ msg: 'PASS ***' });
    expect(read()[1]).toMatchObject({
      password: '***',
      nested: { url: 'ftp://me:***@host/' },
      list: ['***'],
    });
    expect(read()[2].err.message).toBe('refused ***');
    expect(read()[3]).toMatchObject({ who: '***' });
  });
});
