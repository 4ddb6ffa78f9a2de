import { ExchangeError } from '../../shared/errors.ts';
import { setsChannel } from '../../shared/setManifest.ts';
import type { Settings } from '../../shared/settings.ts';
import { guidSchema, storeNumberSchema } from '../../shared/sites.ts';
import { type Random, uuidV4 } from '../platform/random.ts';
import { checkSettings, writeSettings } from '../platform/settingsFile.ts';
import type { InitRequest } from './engine.ts';

/**
 * Sets a site up: makes its settings with a GUID of its own, or with the one given.
 *
 * Errors: already-configured, invalid-settings (fix).
 */
export function initialSettings(
  dataDir: string,
  request: InitRequest,
  existing: Settings | undefined,
  random: Random,
): Settings {
  if (existing !== undefined) {
    throw new ExchangeError({
      code: 'already-configured',
      class: 'fix',
      message: `This data directory already belongs to ${existing.site.role === 'central' ? 'the central site' : `store ${existing.site.storeNumber}`} "${existing.site.name}".`,
      advice:
        'Use another data directory (--data-dir), or change single settings with: branchline config set',
    });
  }
  const guid =
    request.guid === undefined ? uuidV4(random) : checked('GUID', guidSchema.safeParse(request.guid));
  return writeSettings(dataDir, {
    formatVersion: 1,
    site:
      request.role === 'central'
        ? { role: 'central', name: request.name, guid, officeId: request.officeId ?? uuidV4(random) }
        : {
            role: 'store',
            storeNumber: checked('store number', storeNumberSchema.safeParse(request.storeNumber)),
            name: request.name,
            guid,
          },
  });
}

/**
 * Replaces the settings after checking them whole. Who the site is does not change by this.
 *
 * Errors: invalid-settings (fix), naming the field.
 */
export function saveSettings(dataDir: string, candidate: unknown, before: Settings): Settings {
  return writeSettings(dataDir, checkChange(dataDir, candidate, before));
}

/** Settings that may replace those before. Errors: invalid-settings (fix), naming the field. */
export function checkChange(dataDir: string, candidate: unknown, before: Settings): Settings {
  const settings = checkSettings(dataDir, candidate);
  if (
    settings.site.role !== before.site.role ||
    settings.site.guid !== before.site.guid ||
    number(settings) !== number(before)
  ) {
    throw new ExchangeError({
      code: 'invalid-settings',
      class: 'fix',
      message: "A site's role, store number and GUID are fixed when it is set up.",
      advice: 'For another site, use another data directory: branchline init --data-dir …',
    });
  }
  if (settings.channels.includes(setsChannel) && !before.channels.includes(setsChannel)) {
    throw new ExchangeError({
      code: 'invalid-settings',
      class: 'fix',
      message: `The channel ${setsChannel} belongs to Branchline: published sets travel to the stores in it.`,
      advice: 'Choose another name for the channel.',
    });
  }
  return settings;
}

function number(settings: Settings): string {
  return settings.site.role === 'store' ? settings.site.storeNumber : '';
}

function checked<T>(
  what: string,
  parsed:
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: { readonly issues: readonly { readonly message: string }[] };
      },
): T {
  if (parsed.success) return parsed.data;
  throw new ExchangeError({
    code: 'invalid-settings',
    class: 'fix',
    message: `The ${what} is not valid: ${parsed.error.issues.map((issue) => issue.message).join(' ')}`,
    advice: 'Correct it and run the command again.',
  });
}
