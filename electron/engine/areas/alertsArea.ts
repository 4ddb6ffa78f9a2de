import type { alertsCalls } from '../../../shared/contract/alertsCalls.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import type { Alarms, Post } from '../../alerts/alarms.ts';
import { createAlarms, createPost } from '../../alerts/createAlarms.ts';
import { createMailCarrier } from '../../alerts/mail/mailCarrier.ts';
import { mailPasswordKey } from '../../platform/secrets/secrets.ts';
import { releaseConnection } from '../../transmission/suspension/connectionState.ts';
import { alertRows, reportRows } from './alerts/alertsView.ts';
import { attentionLines } from './alerts/attentionLines.ts';
import { connectionView } from './alerts/connectionView.ts';
import { reviewAlarms } from './alerts/reviewAlarms.ts';
import { settingsOrNone } from './alerts/settingsOrNone.ts';
import { testMail } from './alerts/testMail.ts';
import type { Area, AreaParts } from './area.ts';

/** Suspension, alerts and mail; the other areas raise alarms and send mail by it. */
export interface AlertsArea extends Area<keyof typeof alertsCalls> {
  readonly alarms: Alarms;
  readonly post: Post;
}

/** Stores grow late with time alone: it is looked after them this often. */
const reviewEveryMs = 60_000;
/** How long alerts and e-mails stay in the history once they are over. */
const keptMs = 366 * 24 * 3_600_000;

export function createAlertsArea(parts: AreaParts): AlertsArea {
  const { ledger, clock, random } = parts;
  const settings = () => settingsOrNone(parts);
  const password = parts.secret(mailPasswordKey);
  const changed = () => parts.changed('alerts', 'state');
  const carrier = createMailCarrier({
    ledger,
    clock,
    settings: () => settings()?.mail,
    password: () => password.get(),
    onChange: changed,
  });
  const alarmParts = {
    ledger,
    clock,
    random,
    settings,
    onChange() {
      changed();
      carrier.start();
    },
  };
  const alarms = createAlarms(alarmParts);
  const review = () => {
    const known = settings();
    if (known === undefined) return;
    try {
      reviewAlarms(parts, known, alarms);
    } catch (error) {
      // A full disk: the next look, at most a minute later, tells of what this one could not.
      if (!(error instanceof ExchangeError)) throw error;
    }
  };
  let mailBefore = JSON.stringify(settings()?.mail);
  let cancelTimer: () => void = () => undefined;
  const tick = () => {
    review();
    cancelTimer = clock.after(reviewEveryMs, tick);
  };
  // A program that was killed before it could tell of something tells of it now.
  review();

  return {
    alarms,
    post: createPost(alarmParts),
    handlers: {
      'alerts.list': ({ limit }) =>
        ledger.read((tables) => ({ alerts: alertRows(tables, limit), reports: reportRows(tables, limit) })),
      'alerts.sendNow'() {
        carrier.startAnew();
        return { unsent: ledger.read((tables) => tables.mails.unsent().length) };
      },
      'suspension.get'() {
        const known = settings();
        if (known === undefined) return undefined;
        return ledger.read((tables) => connectionView(tables.connection.get(), known, clock.now()));
      },
      'suspension.release'() {
        const wasHeld = releaseConnection(ledger, clock);
        changed();
        return { released: wasHeld };
      },
      async 'mail.test'({ candidate }) {
        const mail = candidate?.mail ?? parts.configured().mail;
        const typed = candidate?.password ?? { do: 'keep' };
        const kept = typed.do === 'keep' && mail.username !== '' ? await password.get() : undefined;
        return await testMail(parts, mail, typed.do === 'set' ? typed.value : kept);
      },
      async 'mail.setPassword'({ password: change }) {
        if (change.do !== 'keep') await password.set(change.do === 'set' ? change.value : undefined);
        carrier.startAnew();
        changed();
        return {};
      },
      'mail.hasPassword': async () => ({ hasPassword: await password.has() }),
    },
    hooks: {
      async afterRun() {
        review();
        prune(parts);
        carrier.start();
      },
    },
    attention() {
      const known = settings();
      if (known === undefined) return [];
      return ledger.read((tables) => attentionLines(tables, known, clock.now()));
    },
    begin() {
      carrier.start();
      tick();
    },
    onSettings() {
      review();
      const mailNow = JSON.stringify(settings()?.mail);
      if (mailNow !== mailBefore) carrier.startAnew();
      mailBefore = mailNow;
    },
    review,
    async close() {
      cancelTimer();
      await carrier.stop();
    },
  };
}

function prune({ ledger, clock }: AreaParts): void {
  const beforeMs = clock.now() - keptMs;
  ledger.commit('alerts-prune', (tables) => {
    tables.alarms.prune(beforeMs);
    tables.mails.prune(beforeMs);
  });
}
