import type { DatabaseSync } from 'node:sqlite';
import { createAlarmsTable } from './alarmsTable.ts';
import { createAnswersTable } from './answersTable.ts';
import { createAppendsTable } from './appendsTable.ts';
import { createConnectionTable } from './connectionTable.ts';
import { createDeliveriesTable } from './deliveriesTable.ts';
import { createDropFoldersTable } from './dropFoldersTable.ts';
import { createExportsTable } from './exportsTable.ts';
import { createFactsTable } from './factsTable.ts';
import { createHistoryNotesTable } from './historyNotesTable.ts';
import { createImportRunsTable } from './importRunsTable.ts';
import { createInPacketsTable } from './inPacketsTable.ts';
import { createInStreamsTable } from './inStreamsTable.ts';
import type { LedgerTables } from './ledger.ts';
import { createMailsTable } from './mailsTable.ts';
import { createOutStreamsTable } from './outStreamsTable.ts';
import { createPacketsTable } from './packetsTable.ts';
import { createReceiptsTable } from './receiptsTable.ts';
import { createReports } from './reports.ts';
import { createSeenFilesTable } from './seenFilesTable.ts';
import { createSetsTable } from './setsTable.ts';
import { createSitesTable } from './sitesTable.ts';
import { createTransmissionsTable } from './transmissionsTable.ts';

export function createLedgerTables(db: DatabaseSync): LedgerTables {
  return {
    facts: createFactsTable(db),
    outStreams: createOutStreamsTable(db),
    packets: createPacketsTable(db),
    deliveries: createDeliveriesTable(db),
    answers: createAnswersTable(db),
    sites: createSitesTable(db),
    inStreams: createInStreamsTable(db),
    inPackets: createInPacketsTable(db),
    receipts: createReceiptsTable(db),
    seenFiles: createSeenFilesTable(db),
    dropFolders: createDropFoldersTable(db),
    transmissions: createTransmissionsTable(db),
    connection: createConnectionTable(db),
    alarms: createAlarmsTable(db),
    mails: createMailsTable(db),
    importRuns: createImportRunsTable(db),
    exports: createExportsTable(db),
    sets: createSetsTable(db),
    appends: createAppendsTable(db),
    historyNotes: createHistoryNotesTable(db),
    reports: createReports(db),
  };
}
