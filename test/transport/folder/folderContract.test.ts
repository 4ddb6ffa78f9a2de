import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../../electron/platform/clock.ts';
import { createFolderTransportFactory } from '../../../electron/transport/folder/folderTransportFactory.ts';
import { type ContractWorld, fullExpectations } from '../contract/contractWorld.ts';
import { transportContract } from '../contract/transportContract.ts';
import { temporaryFolder } from './temporaryFolder.ts';

async function folderWorld(): Promise<ContractWorld> {
  const root = await temporaryFolder();
  return {
    factory: createFolderTransportFactory({ root: root.path, clock: systemClock, windowsNames: false }),
    async read(path) {
      try {
        return await readFile(join(root.path, path));
      } catch {
        return undefined;
      }
    },
    put: (path, content) => writeFile(join(root.path, path), content),
    stop: () => root.remove(),
  };
}

transportContract('a folder', folderWorld, { ...fullExpectations, steps: ['home'], renameReplaces: false });
