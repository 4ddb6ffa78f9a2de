import type { Migration } from '../../platform/sqlite/databaseKind.ts';
import { initialSql } from './0001Initial.ts';
import { windowsSql } from './0002Windows.ts';
import { dropFoldersSql } from './0003DropFolders.ts';
import { alertsSql } from './0004Alerts.ts';
import { importsSql } from './0005Imports.ts';
import { exportsSql } from './0006Exports.ts';
import { historyNotesSql } from './0007HistoryNotes.ts';

export const migrations: readonly Migration[] = [
  { version: 1, sql: initialSql },
  { version: 2, sql: windowsSql },
  { version: 3, sql: dropFoldersSql },
  { version: 4, sql: alertsSql },
  { version: 5, sql: importsSql },
  { version: 6, sql: exportsSql },
  { version: 7, sql: historyNotesSql },
];
