import { describe } from 'vitest';
import { openContractSession } from './contractSession.ts';
import type { ContractExpectations, ContractWorld } from './contractWorld.ts';
import { downloadClauses } from './downloadClauses.ts';
import { fileClauses } from './fileClauses.ts';
import { folderClauses } from './folderClauses.ts';
import { listClauses } from './listClauses.ts';
import { openClauses } from './openClauses.ts';
import { pathClauses } from './pathClauses.ts';
import { renameClauses } from './renameClauses.ts';
import { turnClauses } from './turnClauses.ts';
import { uploadClauses } from './uploadClauses.ts';

/** Every clause of the comments in electron/transport/transport.ts, against one adapter and one server. */
export function transportContract(
  name: string,
  setup: () => Promise<ContractWorld>,
  expectations: ContractExpectations,
): void {
  describe(name, () => {
    const session = openContractSession(setup, expectations);
    describe('open', () => openClauses(session));
    describe('list', () => listClauses(session));
    describe('upload', () => uploadClauses(session));
    describe('download', () => downloadClauses(session));
    describe('rename', () => renameClauses(session));
    describe('files', () => fileClauses(session));
    describe('folders', () => folderClauses(session));
    describe('paths', () => pathClauses(session));
    describe('turns', () => turnClauses(session));
  });
}
