/**
 * Where the person is: a window, and what is open in it. It stands in the address after `#`, so that reloading
 * keeps the place and the desktop menu can lead to one:
 * `#/transmit`, `#/queue`, `#/stores`, `#/history`, `#/customer-files`, `#/imports`, `#/datasets`, `#/exports`,
 * `#/alerts`, `#/setup`, `#/settings`,
 * `#/setup/ftp`, `#/setup/ftp/test-connection`, `#/setup/ftp/self-check`.
 */
export interface Place {
  readonly window: WindowName;
  /** What is open in the window: a dialog, a row. Each window reads its own. */
  readonly within: readonly string[];
}

export const windowNames = [
  'transmit',
  'queue',
  'stores',
  'history',
  'customer-files',
  'imports',
  'datasets',
  'exports',
  'alerts',
  'setup',
  'settings',
] as const;
export type WindowName = (typeof windowNames)[number];

export const home: Place = { window: 'transmit', within: [] };

export function parsePlace(hash: string): Place {
  const [name, ...within] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decoded);
  const window = windowNames.find((candidate) => candidate === name);
  return window === undefined ? home : { window, within: within.filter((part) => part !== '') };
}

export function formatPlace(place: Place): string {
  return `#/${[place.window, ...place.within].map(encodeURIComponent).join('/')}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
