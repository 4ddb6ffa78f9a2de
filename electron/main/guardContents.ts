import type { Session, WebContents } from 'electron';
import { isPageAddress } from './pageAddress.ts';

/** The part of a WebContents that is guarded. */
export type GuardedContents = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;

/** A page shows our page and nothing else: it cannot lead elsewhere, open a window or hold another page. */
export function guardContents(contents: GuardedContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // Reloading counts as navigation too.
  contents.on('will-navigate', (details) => {
    if (!isPageAddress(details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isPageAddress(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The part of a Session that is guarded. */
export type GuardedSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>;

/** Copying text (a GUID, a log) is all that the page may ask of the machine. */
const permitted: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

export function guardSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permitted.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => permitted.has(permission));
  session.setDevicePermissionHandler(() => false);
}
