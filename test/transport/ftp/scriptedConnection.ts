import { expect, onTestFinished, vi } from 'vitest';
import { type Clock, systemClock } from '../../../electron/platform/clock.ts';
import {
  createFtpTransportFactory,
  type FtpTransportFactoryOptions,
} from '../../../electron/transport/ftp/ftpTransportFactory.ts';
import type { Transport, TransportFactory } from '../../../electron/transport/transport.ts';
import { ExchangeError, type ExchangeError as ExchangeErrorType } from '../../../shared/errors.ts';
import { type FtpConfiguration, ftpConfigurationSchema } from '../../../shared/settings.ts';
import type { FakeClock } from '../../support/fakeClock.ts';
import { type Script, type ScriptedFtpServer, startScriptedFtpServer } from './scriptedFtpServer.ts';

export interface ScriptedConnection {
  readonly server: ScriptedFtpServer;
  readonly factory: TransportFactory;
  open(): Promise<Transport>;
}

export interface ScriptedConnectionOptions extends Partial<Omit<FtpTransportFactoryOptions, 'ftp'>> {
  readonly ftp?: Partial<FtpConfiguration>;
  readonly clock?: Clock;
}

export const scriptedPassword = 'open sesame Cn4ry7q9Zx';

/** A scripted server and a factory for it; both end with the test. */
export async function scripted(
  script: Script = {},
  options: ScriptedConnectionOptions = {},
): Promise<ScriptedConnection> {
  const server = await startScriptedFtpServer(script);
  const opened: Transport[] = [];
  const { ftp, ...rest } = options;
  const factory = createFtpTransportFactory({
    password: scriptedPassword,
    clock: systemClock,
    ...rest,
    ftp: ftpConfigurationSchema.parse({
      host: '127.0.0.1',
      port: server.port,
      username: 'branch',
      keepAliveSeconds: 0,
      ...ftp,
    }),
  });
  onTestFinished(async () => {
    // First the server: a goodbye that nobody answers would wait for a clock that stands still.
    await server.stop();
    await Promise.all(opened.map((transport) => transport.close()));
  });
  return {
    server,
    factory,
    async open() {
      const transport = await factory.open();
      opened.push(transport);
      return transport;
    },
  };
}

/** Moves the time on in small steps, letting the network act in between, until the promise settles. */
export async function advanceUntilSettled<T>(
  clock: FakeClock,
  limitMs: number,
  promise: Promise<T>,
): Promise<T> {
  let settled = false;
  const note = () => {
    settled = true;
  };
  promise.then(note, note);
  const end = clock.monotonic() + limitMs;
  await vi.waitFor(
    async () => {
      if (clock.monotonic() < end) await clock.advance(limitMs / 100);
      expect(settled).toBe(true);
    },
    { interval: 5, timeout: 20_000 },
  );
  return promise;
}

/** The ExchangeError that the promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<ExchangeErrorType> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof ExchangeError) return outcome.error;
  throw new Error(`An ExchangeError was expected, but it gave ${JSON.stringify(outcome)}.`, {
    cause: outcome,
  });
}
