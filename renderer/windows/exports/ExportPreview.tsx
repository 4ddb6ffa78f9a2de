import { Button, Stack, Table, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { text } from '../../text/en.ts';
import type { ExportForm, ExportInput } from './exportForm.ts';

const shown = 10;

interface ExportPreviewProps {
  readonly client: ContractClient;
  readonly read: () =>
    | { readonly settings: ExportInput }
    | { readonly errors: Partial<Record<keyof ExportForm, string>> };
}

/** The first rows of what the form would export. */
export function ExportPreview({ client, read }: ExportPreviewProps) {
  const words = text.exports.form;
  const [found, setFound] = useState<CallOutput<'exports.preview'>>();
  const [error, setError] = useState<ErrorReport>();
  const [busy, setBusy] = useState(false);
  const look = async () => {
    const wanted = read();
    if ('errors' in wanted) {
      const message = Object.values(wanted.errors).join(' ');
      setError({ code: 'invalid-settings', class: 'fix', message, advice: '' });
      return;
    }
    setBusy(true);
    const answer = await client.call('exports.preview', { settings: wanted.settings, limit: shown });
    setBusy(false);
    setFound(answer.ok ? answer.value : undefined);
    setError(answer.ok ? undefined : answer.error);
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        variant="default"
        leftSection={<IconEye size={18} aria-hidden />}
        loading={busy}
        onClick={() => void look()}
      >
        {words.preview}
      </Button>
      {error === undefined ? null : <ErrorNote error={error} />}
      {found === undefined ? null : (
        <>
          <Text size="sm" role="status">
            {words.previewTotal(found.rows.length, found.total)}
          </Text>
          {found.rows.length === 0 ? null : (
            <Table.ScrollContainer minWidth={500} type="native" w="100%">
              <Table aria-label={words.preview} verticalSpacing={4} fz="sm">
                <Table.Thead>
                  <Table.Tr>
                    {found.columns.map((column) => (
                      <Table.Th key={column}>{column}</Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {found.rows.map((row, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: rows of one look do not move.
                    <Table.Tr key={index}>
                      {row.map((cell, column) => (
                        <Table.Td key={found.columns[column]}>{cell === null ? '' : String(cell)}</Table.Td>
                      ))}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
        </>
      )}
    </Stack>
  );
}
