import type { AlertRow, MailRowView, MailState } from '../../../../shared/contract/alertsCalls.ts';
import type { LedgerTables, MailRow } from '../../../ledger/ledger.ts';

/** Newest first; what still stands comes first of all. */
export function alertRows(tables: LedgerTables, limit: number): AlertRow[] {
  const standing = tables.alarms.allStanding().toReversed();
  const closed = tables.alarms.latest(limit).filter((alarm) => alarm.clearedMs !== undefined);
  return [...standing, ...closed].slice(0, limit).map((alarm) => {
    const mails = tables.mails.ofAlarm(alarm.id);
    const { id, kind, subject, body, raisedMs, clearedMs } = alarm;
    return {
      id,
      kind,
      subject,
      body,
      raisedMs,
      resolvedMs: clearedMs,
      raisedMail: mailState(mails.find((mail) => mail.about === 'raised')),
      resolvedMail: mailState(mails.find((mail) => mail.about === 'resolved')),
    };
  });
}

/** E-mails that tell of no alert. */
export function reportRows(tables: LedgerTables, limit: number): MailRowView[] {
  return tables.mails
    .latest(limit)
    .filter((mail) => mail.alarmId === undefined)
    .map((mail) => ({
      id: mail.id,
      subject: mail.subject,
      to: [...mail.to],
      createdMs: mail.createdMs,
      mail: mailState(mail),
    }));
}

function mailState(mail: MailRow | undefined): MailState {
  if (mail === undefined) return { state: 'none' };
  const { state, sentMs, lastError: error, nextTryMs } = mail;
  return { state, sentMs, error, nextTryMs };
}
