import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { failing, listing } from '../answer.ts';
import { safeText } from '../output/safeText.ts';
import { checkName, resolveService, type TypedService } from '../service/resolveService.ts';
import { addServiceOptions } from '../service/serviceOptions.ts';

export function addServiceStatus(service: Command, act: Act): void {
  const command = addServiceOptions(service.command('status'))
    .summary('say whether it is registered and working')
    .description(
      'Says whether the service is registered, what the system says of it, and whether an engine works on the data directory.',
    )
    .action((options: TypedService) =>
      act(async (context) => {
        checkName(options.name);
        const { plan } = resolveService(context, options);
        const { services } = context.parts;
        const { path } = plan.file;
        const content = services.actor.read(path);
        const running = await services.isServed(context.options.dataDir);
        if (content === undefined) {
          const message = `No service is registered: ${path} is not there.`;
          const advice = 'Register it: branchline service install';
          const engine = running ? 'An engine works on the data directory all the same.' : advice;
          return failing(
            { code: 'service-not-installed', class: 'fix', message, advice },
            { installed: false, running },
            [safeText(message), engine],
          );
        }
        const asked = services.actor.run(plan.ask.words);
        const said = asked.output.trim().split('\n')[0] ?? '';
        const value = { installed: true, file: path, system: said, running };
        const lines = [
          `Registered: ${safeText(path)}`,
          `The system says: ${safeText(said) || (asked.ok ? 'ok' : 'nothing')}`,
          running
            ? 'An engine works on the data directory.'
            : 'No engine works on the data directory. Its log says why: branchline doctor',
        ];
        if (running) return listing(value, lines);
        const message = 'The service is registered, and no engine is running.';
        return failing(
          { code: 'service-not-running', class: 'fix', message, advice: 'branchline doctor' },
          value,
          lines,
        );
      }),
    );
  addExamples(command, ['branchline service status', 'branchline service status --json']);
}
