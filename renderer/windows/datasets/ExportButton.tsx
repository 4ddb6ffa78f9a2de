import { Button } from '@mantine/core';
import { IconDownload, IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { type CsvQuery, exportRows } from '../../actions/datasets.ts';
import { useClient } from '../../api/client.ts';
import { text } from '../../text/en.ts';

/** Saves the rows in question as CSV; while that goes on, the button stops it. */
export function ExportButton({ query }: { readonly query: CsvQuery }) {
  const client = useClient();
  const [rows, setRows] = useState<number>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const words = text.datasets;
  const start = async () => {
    const controller = new AbortController();
    stop.current = controller;
    setRows(0);
    await exportRows(client, query, { signal: controller.signal, onRows: setRows });
    setRows(undefined);
  };
  return rows === undefined ? (
    <Button
      variant="default"
      leftSection={<IconDownload size={18} aria-hidden />}
      onClick={() => void start()}
    >
      {words.exportCsv}
    </Button>
  ) : (
    <Button
      variant="default"
      leftSection={<IconPlayerStop size={18} aria-hidden />}
      onClick={() => stop.current?.abort()}
    >
      {words.exporting(rows)}
    </Button>
  );
}
