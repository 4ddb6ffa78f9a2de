import type { Command } from 'commander';
import type { AlertRow, MailState } from '../../../shared/contract/alertsCalls.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done, listing } from '../answer.ts';
import { formatCount, formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { safeText } from '../output/safeText.ts';
import { requireSettings } from '../settings/requireSettings.ts';

function mailWords(mail: MailState): string {
  switch (mail.state) {
    case 'none':
      return 'not e-mailed';
    case 'sent':
      return mail.sentMs === undefined ? 'e-mailed' : `e-mailed ${formatTime(mail.sentMs)}`;
    case 'given-up':
      return 'NOT SENT';
    case 'unsent':
      return mail.error === undefined ? 'about to be e-mailed' : `NOT YET SENT: ${mail.error.message}`;
  }
}

function rowOf(alert: AlertRow): string[] {
  return [
    formatTime(alert.raisedMs),
    alert.resolvedMs === undefined ? 'STANDS' : `resolved ${formatTime(alert.resolvedMs)}`,
    safeText(alert.subject),
    safeText(mailWords(alert.resolvedMail.state === 'unsent' ? alert.resolvedMail : alert.raisedMail)),
  ];
}

export function addAlerts(program: Command, act: Act): void {
  const alerts = program
    .command('alerts')
    .summary('what people were told of by e-mail')
    .description(
      'Alerts: raised once for each cause, and resolved once it is gone; and the e-mails that tell them.',
    );
  addExamples(alerts, ['branchline alerts list']);
  addExamples(
    alerts
      .command('list', { isDefault: true })
      .description('Lists alerts, those that stand first, and e-mails that are not sent yet.')
      .action(() =>
        act((context) =>
          context.withEngine(async (engine) => {
            requireSettings(engine);
            const list = await engine.ask('alerts.list', { limit: 100 });
            const standing = list.alerts.filter((alert) => alert.resolvedMs === undefined).length;
            const reports = list.reports.filter((report) => report.mail.state !== 'sent');
            return listing(list, [
              list.alerts.length === 0
                ? 'There was nothing to tell of.'
                : `${formatCount(list.alerts.length, 'alert')}, of which ${standing} ${standing === 1 ? 'stands' : 'stand'}.`,
              ...(list.alerts.length === 0
                ? []
                : ['', ...formatTable(['Raised', 'State', 'Subject', 'E-mail'], list.alerts.map(rowOf))]),
              ...(reports.length === 0
                ? []
                : [
                    '',
                    'Reports that are not sent:',
                    ...reports.map(
                      ({ subject, mail }) => `  - ${safeText(subject)}: ${safeText(mailWords(mail))}`,
                    ),
                  ]),
            ]);
          }),
        ),
      ),
    ['branchline alerts list', 'branchline alerts list --json'],
  );
  addExamples(
    alerts
      .command('send')
      .description('Tries to send the e-mails that wait, without waiting for their next try.')
      .action(() =>
        act((context) =>
          context.withEngine(async (engine) => {
            requireSettings(engine);
            const { unsent } = await engine.ask('alerts.sendNow', {});
            return done({ unsent }, [
              unsent === 0
                ? 'No e-mail waits.'
                : `${formatCount(unsent, 'e-mail')} on the way. What becomes of them: branchline alerts list`,
            ]);
          }),
        ),
      ),
    ['branchline alerts send'],
  );
}
