import type { DatabaseKind } from '../platform/sqlite/databaseKind.ts';
import { migrations } from './migrations/migrations.ts';

/** The ledger among Branchline's databases. */
export const ledgerKind: DatabaseKind = {
  name: 'ledger',
  code: 'ledger',
  // "BRLN"
  applicationId: 0x42_52_4c_4e,
  migrations,
};
