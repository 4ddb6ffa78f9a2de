/**
 * The window's page, whichever program serves it (web host, desktop shell): which names may be asked for, and the
 * headers that go with every answer.
 */

const segment = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
};

/** A file of the page: its path under the page's folder, with `/`, and its type. */
export interface PageFile {
  readonly path: string;
  readonly contentType: string;
}

/**
 * The file that a URL's path asks for; undefined when no file of the page can have such a name.
 *
 * Promise: the path cannot leave the page's folder: plain names only, none of them hidden, empty or `..`, whatever
 *          was encoded how.
 */
export function pageFile(urlPath: string): PageFile | undefined {
  const path = urlPath === '/' ? 'index.html' : urlPath.slice(1);
  if (path.length > 200 || !path.split('/').every((part) => segment.test(part))) return undefined;
  const contentType = contentTypes[path.slice(path.lastIndexOf('.') + 1)];
  return contentType === undefined ? undefined : { path, contentType };
}

/**
 * Headers of every answer: nothing is loaded from or told to anybody else.
 *
 * Shape: `connectTo`: where the page may call, besides its own origin.
 */
export function pageHeaders(connectTo = ''): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      // The components set style attributes; no style reads or sends anything.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      // Previews of PDF files, in the browser's own viewer.
      'frame-src blob:',
      "font-src 'self'",
      `connect-src 'self' ${connectTo}`.trimEnd(),
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), usb=(), serial=(), hid=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  };
}
