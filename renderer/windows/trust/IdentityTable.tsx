import { Code, Table } from '@mantine/core';
import type { ServerIdentity } from '../../../shared/trust.ts';
import { formatTime } from '../../parts/formatTime.ts';
import { text } from '../../text/en.ts';

/** What a server proves itself with; where it has changed, the old fingerprint beside the new one. */
export function IdentityTable({ identity }: { readonly identity: ServerIdentity }) {
  const words = text.trust;
  const { host, port, kind, subject, issuer, validFromMs, validToMs, fingerprint, trustedFingerprint } =
    identity;
  const isValidityKnown = validFromMs !== undefined && validToMs !== undefined;
  const rows: readonly (readonly [string, string])[] = [
    [words.server, words.serverValue(host, port)],
    [words.subject[kind], subject],
    ...(issuer === undefined ? [] : [[words.issuer, issuer] as const]),
    ...(isValidityKnown
      ? [[words.validity, words.validityValue(formatTime(validFromMs), formatTime(validToMs))] as const]
      : []),
  ];
  const fingerprints: readonly (readonly [string, string])[] =
    trustedFingerprint === undefined
      ? [[words.fingerprint, fingerprint]]
      : [
          [words.oldFingerprint, trustedFingerprint],
          [words.newFingerprint, fingerprint],
        ];
  return (
    <Table variant="vertical" layout="fixed" verticalSpacing={6}>
      <Table.Tbody>
        {rows.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th w={150}>{label}</Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
          </Table.Tr>
        ))}
        {fingerprints.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th w={150}>{label}</Table.Th>
            <Table.Td>
              <Code fz="sm" style={{ overflowWrap: 'anywhere' }}>
                {value}
              </Code>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
