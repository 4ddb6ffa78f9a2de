import { systemClock } from '../../../electron/platform/clock.ts';
import { FaultScript } from '../../../electron/transport/decorators/faultScript.ts';
import { withLimits } from '../../../electron/transport/decorators/withLimits.ts';
import { withProtocolLog } from '../../../electron/transport/decorators/withProtocolLog.ts';
import { withRetry } from '../../../electron/transport/decorators/withRetry.ts';
import { withScriptedFaults } from '../../../electron/transport/decorators/withScriptedFaults.ts';
import { createMemoryServer } from '../../../electron/transport/memory/memoryServer.ts';
import type { TransportFactory } from '../../../electron/transport/transport.ts';
import { type ContractWorld, fullExpectations } from '../contract/contractWorld.ts';
import { transportContract } from '../contract/transportContract.ts';

const decorators: Record<string, (factory: TransportFactory) => TransportFactory> = {
  'a fault script that does nothing': (factory) => withScriptedFaults(factory, new FaultScript([])),
  retry: withRetry,
  'limits that are never reached': (factory) =>
    withLimits(factory, {
      clock: systemClock,
      uploadBytesPerSecond: 1e12,
      downloadBytesPerSecond: 1e12,
      entries: 100_000,
    }),
  'a protocol log': (factory) =>
    withProtocolLog(factory, { clock: systemClock, redact: (line) => line, write: () => {} }),
};

const all = (factory: TransportFactory) =>
  Object.values(decorators).reduce((decorated, decorate) => decorate(decorated), factory);

for (const [name, decorate] of Object.entries({ ...decorators, 'all of them together': all })) {
  transportContract(`memory, through ${name}`, async () => decoratedWorld(decorate), {
    ...fullExpectations,
    steps: ['connect', 'home'],
  });
}

function decoratedWorld(decorate: (factory: TransportFactory) => TransportFactory): ContractWorld {
  const server = createMemoryServer({ clock: systemClock, renameReplaces: true });
  return {
    factory: decorate(server.factory('memory')),
    read: async (path) => server.snapshot().get(path),
    put: async (path, content) => server.put(path, content),
    stop: async () => {},
  };
}
