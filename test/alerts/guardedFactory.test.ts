import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { guardedFactory } from '../../electron/engine/areas/alerts/guardedFactory.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { releaseConnection } from '../../electron/transmission/suspension/connectionState.ts';
import { createMemoryServer } from '../../electron/transport/memory/memoryServer.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { temporaryFolder } from '../ledger/ledgerFixture.ts';
import { centralSettings } from '../renderer/presentStates.ts';
import { createFakeClock } from '../support/fakeClock.ts';

const minute = 60_000;

function setUp(more: object = {}) {
  const clock = createFakeClock();
  const ledger = openLedger({ path: join(temporaryFolder(), 'ledger.db'), clock });
  onTestFinished(() => ledger.close());
  const settings = settingsSchema.parse({ ...centralSettings, suspension: { failures: 2 }, ...more });
  const memory = createMemoryServer({ clock }).factory('memory');
  let trouble: ExchangeError | undefined;
  let opened = 0;
  const guarded = guardedFactory(
    { ledger, clock, configured: () => settings },
    {
      label: 'memory',
      async open(options) {
        opened += 1;
        if (trouble !== undefined) throw trouble;
        return await memory.open(options);
      },
    },
  );
  const codeOf = async () => {
    const before = opened;
    const code = await guarded.open().then(
      () => 'opened',
      (error: unknown) => (error instanceof ExchangeError ? error.code : 'unexpected'),
    );
    return `${code}${opened === before ? ', not tried' : ''}`;
  };
  return {
    clock,
    ledger,
    codeOf,
    become: (code: string | undefined, errorClass: 'retry' | 'fix' = 'retry') => {
      trouble =
        code === undefined ? undefined : new ExchangeError({ code, class: errorClass, message: code });
    },
  };
}

it('the work of other areas counts its failures, rests with the transmissions, and leaves the probe to them', async () => {
  const { clock, ledger, codeOf, become } = setUp();
  expect(await codeOf()).toBe('opened');
  become('cannot-connect');
  expect(await codeOf()).toBe('cannot-connect');
  expect(await codeOf()).toBe('suspended');
  become(undefined);
  expect(await codeOf()).toBe('suspended, not tried');
  await clock.advance(15 * minute);
  expect(await codeOf()).toBe('suspended, not tried');
  expect(ledger.read((tables) => tables.connection.get())).toMatchObject({ failures: 2 });
});

it('the work of other areas does not repeat a refused log-in', async () => {
  const { clock, ledger, codeOf, become } = setUp();
  become('login-refused', 'fix');
  expect(await codeOf()).toBe('login-refused');
  expect(await codeOf()).toBe('login-held, not tried');
  become(undefined);
  expect(await codeOf()).toBe('login-held, not tried');
  releaseConnection(ledger, clock);
  expect(await codeOf()).toBe('opened');
});

it('the work of other areas makes no connection while FTP is switched off', async () => {
  const { codeOf } = setUp({ ftp: { ...centralSettings.ftp, enabled: false } });
  expect(await codeOf()).toBe('ftp-disabled, not tried');
});
