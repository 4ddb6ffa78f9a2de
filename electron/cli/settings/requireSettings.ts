import type { Settings } from '../../../shared/settings.ts';
import type { Engine } from '../../engine/engine.ts';
import { notConfigured } from '../notConfigured.ts';

/** Errors: not-configured, with the command that sets this installation up. */
export function requireSettings(engine: Engine): Settings {
  const settings = engine.settings();
  if (settings === undefined) throw notConfigured(engine.dataDir);
  return settings;
}
