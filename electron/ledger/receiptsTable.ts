import type { DatabaseSync } from 'node:sqlite';
import { integer, type Row, text, word } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { DueAnswer, OutReceiptRow, ReceiptsTable } from './ledger.ts';
import { outcomes } from './outcomes.ts';
import { site } from './rowReader.ts';

function readDueAnswer(row: Row): DueAnswer {
  return {
    id: integer(row, 'id'),
    site: site(row, 'site'),
    fileName: text(row, 'file_name'),
    outcome: word(row, 'outcome', outcomes),
    code: text(row, 'code'),
    message: text(row, 'message'),
  };
}

function readReceipt(row: Row): OutReceiptRow {
  return {
    fileName: text(row, 'file_name'),
    to: site(row, 'addressee'),
    number: integer(row, 'number'),
    body: text(row, 'body'),
    state: word(row, 'state', ['pending', 'published']),
    createdMs: integer(row, 'created_ms'),
  };
}

export function createReceiptsTable(db: DatabaseSync): ReceiptsTable {
  const due = statement(
    db,
    `INSERT INTO due_answers (site, file_name, outcome, code, message)
     VALUES (:site, :fileName, :outcome, :code, :message)`,
  );
  const dueAnswers = statement(db, 'SELECT * FROM due_answers WHERE receipt IS NULL ORDER BY id');
  const noteDamaged = statement(
    db,
    'INSERT INTO damaged_notes (site, file_name) VALUES (:site, :fileName) ON CONFLICT DO NOTHING',
  );
  const damagedNotes = statement(
    db,
    'SELECT site, file_name FROM damaged_notes WHERE receipt IS NULL ORDER BY position',
  );
  const add = statement(
    db,
    `INSERT INTO out_receipts (file_name, addressee, number, body, state, created_ms)
     VALUES (:fileName, :to, :number, :body, :state, :createdMs)`,
  );
  const bindAnswer = statement(
    db,
    'UPDATE due_answers SET receipt = :receipt WHERE id = :id AND receipt IS NULL',
  );
  const bindNote = statement(
    db,
    'UPDATE damaged_notes SET receipt = :receipt WHERE site = :site AND file_name = :fileName AND receipt IS NULL',
  );
  const pending = statement(db, `SELECT * FROM out_receipts WHERE state = 'pending' ORDER BY position`);
  const setPublished = statement(
    db,
    `UPDATE out_receipts SET state = 'published' WHERE file_name = :fileName`,
  );
  const get = statement(db, 'SELECT 1 FROM out_receipts WHERE file_name = :fileName');
  const freeAnswers = statement(db, 'UPDATE due_answers SET receipt = NULL WHERE receipt = :fileName');
  const freeNotes = statement(db, 'UPDATE damaged_notes SET receipt = NULL WHERE receipt = :fileName');
  const prune = statement(
    db,
    `DELETE FROM out_receipts WHERE state = 'published' AND created_ms < :beforeMs`,
  );

  return {
    due: ({ site: whose, fileName, outcome, code, message }) => {
      due.run({ site: whose, fileName, outcome, code, message });
    },
    dueAnswers: () => dueAnswers.all().map(readDueAnswer),
    noteDamaged: (whose, fileName) => {
      noteDamaged.run({ site: whose, fileName });
    },
    damagedNotes: () =>
      damagedNotes.all().map((row) => ({ site: site(row, 'site'), fileName: text(row, 'file_name') })),
    add: ({ fileName, to, number, body, state, createdMs }, bound) => {
      add.run({ fileName, to, number, body, state, createdMs });
      for (const id of bound.answers) bindAnswer.runOnOne('due answer', { id, receipt: fileName });
      for (const damaged of bound.damaged) {
        bindNote.runOnOne('damage note', { site: to, fileName: damaged, receipt: fileName });
      }
    },
    pending: () => pending.all().map(readReceipt),
    setPublished: (fileName) => {
      setPublished.runOnOne('receipt', { fileName });
    },
    sayAgain: (fileName) => {
      if (get.one({ fileName }) === undefined) return false;
      freeAnswers.run({ fileName });
      freeNotes.run({ fileName });
      return true;
    },
    prune: (beforeMs) => {
      prune.run({ beforeMs });
    },
  };
}
