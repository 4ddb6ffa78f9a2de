import { describe, expect, test } from 'vitest';
import type { Clock } from '../../electron/engine/localMachine.ts';
import { createEngineAccess } from '../../electron/web/engineAccess.ts';
import { ExchangeError } from '../../shared/errors.ts';

const end = { onMessage: () => undefined, onClose: () => undefined };
const line = { send: () => undefined, close: () => undefined };
const busy = new ExchangeError({ code: 'busy', class: 'busy', message: 'Busy.' });

/** Time passes by sleeping only. */
function fakeClock(onSleep: () => void = () => undefined): Clock {
  let ms = 0;
  return {
    now: () => ms,
    monotonic: () => ms,
    async sleep(pause) {
      ms += pause;
      onSleep();
    },
    after: () => () => undefined,
  };
}

describe('the way to the engine', () => {
  test('an engine that runs is used, and left running', async () => {
    let started = 0;
    const access = createEngineAccess({
      clock: fakeClock(),
      openLine: async () => line,
      startEngine: async () => {
        started += 1;
        return { close: async () => undefined };
      },
    });
    expect(await access.openLine(end)).toBe(line);
    await access.close();
    expect(started).toBe(0);
  });

  test('where none runs, two lines at once start one, which ends with the web host', async () => {
    let started = 0;
    let closed = 0;
    const access = createEngineAccess({
      clock: fakeClock(),
      openLine: async () => {
        if (started === 0) throw new Error('nobody listens');
        return line;
      },
      startEngine: async () => {
        started += 1;
        return {
          close: async () => {
            closed += 1;
          },
        };
      },
    });
    await Promise.all([access.openLine(end), access.openLine(end)]);
    await access.close();
    expect([started, closed]).toEqual([1, 1]);
  });

  test('an engine that another process is just starting is waited for', async () => {
    let listens = false;
    const access = createEngineAccess({
      clock: fakeClock(() => {
        listens = true;
      }),
      openLine: async () => {
        if (!listens) throw new Error('nobody listens');
        return line;
      },
      startEngine: () => Promise.reject(busy),
    });
    expect(await access.openLine(end)).toBe(line);
  });

  test('a data directory that stays busy without an engine is said, after a while', async () => {
    const access = createEngineAccess({
      clock: fakeClock(),
      openLine: () => Promise.reject(new Error('nobody listens')),
      startEngine: () => Promise.reject(busy),
    });
    await expect(access.reach()).rejects.toBe(busy);
    await access.close();
  });

  test('an engine that cannot start is said at once, and tried anew for the next line', async () => {
    let works = false;
    const access = createEngineAccess({
      clock: fakeClock(),
      openLine: async () => {
        if (!works) throw new Error('nobody listens');
        return line;
      },
      startEngine: async () => {
        if (!works) {
          works = true;
          throw new ExchangeError({ code: 'invalid-settings', class: 'fix', message: 'Bad.' });
        }
        return { close: async () => undefined };
      },
    });
    await expect(access.reach()).rejects.toMatchObject({ code: 'invalid-settings' });
    await access.reach();
  });
});
