import type { DatabaseKind } from '../platform/sqlite/databaseKind.ts';
import { initialSql } from './migrations/0001Initial.ts';

/** The index of customers' files among Branchline's databases. */
export const customerFilesKind: DatabaseKind = {
  name: "index of customers' files",
  code: 'customer-files',
  // "BRLF"
  applicationId: 0x42_52_4c_46,
  migrations: [{ version: 1, sql: initialSql }],
};
