import { initialSql } from './0001Initial.ts';
import { windowsSql } from './0002Windows.ts';
import { dropFoldersSql } from './0003DropFolders.ts';
import { alertsSql } from './0004Alerts.ts';

/** One step of the ledger's format. Never changed once released: ledgers out there were made by it. */
export interface Migration {
  /** 1, 2, 3, …; `user_version` after it has run. */
  readonly version: number;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [
  { version: 1, sql: initialSql },
  { version: 2, sql: windowsSql },
  { version: 3, sql: dropFoldersSql },
  { version: 4, sql: alertsSql },
];
