import { ExchangeError } from '../../../shared/errors.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Engine } from '../../engine/engine.ts';

/** Errors: not-configured, with the command that sets this installation up. */
export function requireSettings(engine: Engine): Settings {
  const settings = engine.settings();
  if (settings !== undefined) return settings;
  throw new ExchangeError({
    code: 'not-configured',
    class: 'fix',
    message: `Branchline is not set up in ${engine.dataDir}.`,
    advice:
      'Set it up with: branchline init --role store --number 0012 --name "Riverside"; or name another folder with --data-dir.',
  });
}
