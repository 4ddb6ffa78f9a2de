/** The window's page has a scheme of its own, so that no rule for files, and no other page, applies to it. */
export const pageScheme = 'branchline';
export const pageAddress = `${pageScheme}://app/`;

/** True for the page itself, at any place of it (`#/queue`). */
export function isPageAddress(url: string): boolean {
  try {
    const { protocol, host, pathname } = new URL(url);
    return protocol === `${pageScheme}:` && host === 'app' && pathname === '/';
  } catch {
    return false;
  }
}
