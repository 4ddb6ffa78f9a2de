import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done } from '../answer.ts';
import { safeText } from '../output/safeText.ts';
import { requireSettings } from '../settings/requireSettings.ts';

export function addMail(program: Command, act: Act): void {
  const mail = program
    .command('mail')
    .summary('e-mail alerts: try the mail server')
    .description(
      'E-mails that tell of trouble. The mail server is set with: branchline config set mail.host=…',
    );
  addExamples(mail, ['branchline mail test']);
  addExamples(
    mail
      .command('test')
      .description('Sends a test e-mail to the recipients in the settings, and says what came of it.')
      .action(() =>
        act((context) =>
          context.withEngine(async (engine) => {
            requireSettings(engine);
            const sent = await engine.ask('mail.test', {});
            return done(sent, [
              `The mail server took a test e-mail for ${safeText(sent.to.join(', '))}.`,
              `It said: ${safeText(sent.reply)}`,
            ]);
          }),
        ),
      ),
    ['branchline mail test', 'branchline mail test --json'],
  );
}
