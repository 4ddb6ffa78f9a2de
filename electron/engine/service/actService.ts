import { ExchangeError } from '../../../shared/errors.ts';
import type { ServiceActor, ServiceCommand, ServicePlan } from './service.ts';

/** A task file begins with a byte order mark. */
export function fileBytes({ text, encoding }: ServicePlan['file']): Buffer {
  return encoding === 'utf8' ? Buffer.from(text) : Buffer.from(`\ufeff${text}`, 'utf16le');
}

/**
 * Registers a service and starts it. Doing it twice is doing it once: the second time it is only restarted.
 *
 * Errors: fix: `service-refused`, with what the system said.
 */
export function installService(plan: ServicePlan, actor: ServiceActor): string[] {
  actor.write(plan.file.path, fileBytes(plan.file));
  return runAll(plan.install, actor);
}

/** Ends a service and takes its file away; settings, records and files stay. True when there was one. */
export function uninstallService(plan: ServicePlan, actor: ServiceActor): boolean {
  const there = actor.read(plan.file.path) !== undefined;
  if (!there) return false;
  runAll(plan.stop, actor);
  actor.remove(plan.file.path);
  runAll(plan.forget, actor);
  return true;
}

/** What did not work of that which may fail. */
function runAll(commands: readonly ServiceCommand[], actor: ServiceActor): string[] {
  const remarks: string[] = [];
  for (const { words, mayFail } of commands) {
    const { ok, output } = actor.run(words);
    if (ok) continue;
    const said = output.trim() === '' ? '' : `: ${output.trim()}`;
    if (!mayFail) throw refused(words, said);
    remarks.push(`"${words.join(' ')}" did not work${said}`);
  }
  return remarks;
}

function refused(words: readonly string[], said: string): ExchangeError {
  return new ExchangeError({
    code: 'service-refused',
    class: 'fix',
    message: `The system refused "${words.join(' ')}"${said}`,
    advice:
      'See what it says, and run the command again: it goes on from here. "branchline service install --dry-run" shows all it does.',
  });
}
