import type { DueAnswer, InPacketRow } from '../../ledger/ledger.ts';

/** The answer to a refused packet. */
export function answerOf(row: InPacketRow): Omit<DueAnswer, 'id'> {
  return {
    site: row.from,
    fileName: row.fileName,
    outcome: 'rejected',
    code: row.code,
    message: row.message.slice(0, 1000),
  };
}
