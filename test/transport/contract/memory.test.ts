import { systemClock } from '../../../electron/platform/clock.ts';
import { createMemoryServer } from '../../../electron/transport/memory/memoryServer.ts';
import { type ContractWorld, fullExpectations } from './contractWorld.ts';
import { transportContract } from './transportContract.ts';

function memoryWorld(renameReplaces: boolean): ContractWorld {
  const server = createMemoryServer({ clock: systemClock, renameReplaces });
  return {
    factory: server.factory('memory'),
    read: async (path) => server.snapshot().get(path),
    put: async (path, content) => server.put(path, content),
    stop: async () => {},
  };
}

for (const renameReplaces of [false, true]) {
  transportContract(
    `memory, a rename ${renameReplaces ? 'replaces' : 'keeps'} its target`,
    async () => memoryWorld(renameReplaces),
    { ...fullExpectations, steps: ['connect', 'home'], renameReplaces },
  );
}
