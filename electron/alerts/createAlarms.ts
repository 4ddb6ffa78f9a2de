import type { AlertSettings, MailSettings } from '../../shared/mailSettings.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Clock, formatUtc } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { Alarm, AlarmKind, Alarms, Post } from './alarms.ts';
import { queueMail } from './mail/queueMail.ts';

export interface AlarmParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: () => { readonly mail: MailSettings; readonly alerts: AlertSettings } | undefined;
  /** Something was queued or noted. */
  readonly onChange: () => void;
}

const switches: Readonly<Record<AlarmKind, keyof AlertSettings>> = {
  suspension: 'suspension',
  skipped: 'skippedPacket',
  untrusted: 'untrustedServer',
  'failed-import': 'failedImport',
  'late-store': 'lateStore',
};

export function createAlarms(parts: AlarmParts): Alarms {
  const { ledger, clock, onChange } = parts;
  return {
    raise(alarm) {
      if (ledger.read((tables) => tables.alarms.standing(alarm.kind, alarm.key)) !== undefined) return;
      ledger.commit('alarm-raised', (tables) => {
        const { kind, key: cause, subject, body } = alarm;
        const id = tables.alarms.add({ kind, cause, subject, body, raisedMs: clock.now() });
        const settings = parts.settings();
        if (settings?.alerts[switches[kind]] !== true) return;
        const draft = { about: 'raised', alarmId: id, to: [], subject, text: body } as const;
        queueMail(tables, settings.mail, draft, parts);
      });
      onChange();
    },
    clear(kind, key) {
      const found = ledger.read((tables) => tables.alarms.standing(kind, key));
      if (found === undefined) return;
      ledger.commit('alarm-cleared', (tables) => {
        tables.alarms.clear(found.id, clock.now());
        // Who was not told of the trouble need not be told of its end.
        if (tables.mails.ofAlarm(found.id).length === 0) return;
        const draft = {
          about: 'resolved',
          alarmId: found.id,
          to: [],
          ...resolved(found, clock.now()),
        } as const;
        queueMail(tables, parts.settings()?.mail, draft, parts);
      });
      onChange();
    },
  };
}

function resolved(
  alarm: Pick<Alarm, 'subject' | 'body'>,
  nowMs: number,
): { readonly subject: string; readonly text: string } {
  return {
    subject: `Resolved: ${alarm.subject}`,
    text: `Resolved at ${formatUtc(nowMs)}. What was told before:\n\n${alarm.body}`,
  };
}

export function createPost(parts: AlarmParts): Post {
  return {
    send({ to, subject, text, html, attachments }) {
      parts.ledger.commit('mail-queued', (tables) =>
        queueMail(
          tables,
          parts.settings()?.mail,
          { about: 'other', alarmId: undefined, to, subject, text, html, attachments },
          parts,
        ),
      );
      parts.onChange();
    },
  };
}
