import type { ServerIdentity } from '../../../shared/trust.ts';
import { formatTime } from './formatAmounts.ts';
import { formatTable } from './formatTable.ts';
import { safeText } from './safeText.ts';

/** What a server proves itself with, line by line, and what is wrong with it. */
export function describeIdentity(identity: ServerIdentity): string[] {
  const { kind, validFromMs, validToMs, trustedFingerprint } = identity;
  const rows: [string, string][] = [
    ['  Server', `${identity.host} port ${identity.port}`],
    [kind === 'certificate' ? '  Issued to' : '  Host key', identity.subject],
  ];
  if (identity.issuer !== undefined) rows.push(['  Issued by', identity.issuer]);
  if (validFromMs !== undefined && validToMs !== undefined)
    rows.push(['  Valid', `${formatTime(validFromMs)} to ${formatTime(validToMs)}`]);
  rows.push(['  SHA-256 fingerprint', identity.fingerprint]);
  if (trustedFingerprint !== undefined) rows.push(['  Trusted until now', trustedFingerprint]);
  return [
    ...formatTable(undefined, rows),
    ...(identity.problem === '' ? [] : ['', `What is wrong with it: ${safeText(identity.problem)}`]),
  ];
}
