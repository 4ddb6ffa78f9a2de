import type { Migration } from '../../platform/sqlite/databaseKind.ts';
import { initialSql } from './0001Initial.ts';

export const migrations: readonly Migration[] = [{ version: 1, sql: initialSql }];
