import { ExchangeError } from '../../../../shared/errors.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { AreaParts } from '../area.ts';

/** The settings, or undefined where there are none that can be used: an alert is no place to fail for that. */
export function settingsOrNone(parts: Pick<AreaParts, 'settings'>): Settings | undefined {
  try {
    return parts.settings();
  } catch (error) {
    if (error instanceof ExchangeError) return undefined;
    throw error;
  }
}
