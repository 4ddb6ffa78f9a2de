import { Button, Loader, Paper } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { loadActiveImports, takeImports } from '../../actions/imports.ts';
import { useClient } from '../../api/client.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { useApp } from '../../state/appStore.ts';
import { useReading } from '../../state/useReading.ts';
import { useTopic } from '../../state/useTopic.ts';
import { text } from '../../text/en.ts';
import { ActiveImports } from './ActiveImports.tsx';
import { ChannelTable } from './ChannelTable.tsx';
import { ImportCharts } from './ImportCharts.tsx';
import { ImportHistory } from './ImportHistory.tsx';
import { ImportPage } from './ImportPage.tsx';
import { openAddChannel } from './openAddChannel.tsx';
import { openImportFile } from './openImportFile.tsx';

/** Sets from partners. What is open stands in the address: `#/imports`, `#/imports/run/ID`. */
export function ImportsWindow() {
  const [kind, what = ''] = useApp((app) => app.place.within);
  if (kind === 'run') {
    return (
      <WindowFrame title={text.imports.reportTitle} width="wide">
        <ImportPage key={what} runId={what} />
      </WindowFrame>
    );
  }
  return <Overview />;
}

function Overview() {
  const client = useClient();
  const [taking, setTaking] = useState(false);
  const read = useCallback(() => client.call('imports.channels', {}), [client]);
  const { value: views, error } = useReading('imports', read);
  useTopic(
    'imports',
    useCallback(() => loadActiveImports(client), [client]),
  );
  const words = text.imports;
  const take = async () => {
    setTaking(true);
    await takeImports(client);
    setTaking(false);
  };
  const addButton = (
    <Button
      variant="default"
      leftSection={<IconPlus size={18} aria-hidden />}
      onClick={() => openAddChannel(client)}
    >
      {words.add}
    </Button>
  );
  const some = views !== undefined && views.length > 0;
  return (
    <WindowFrame
      title={words.title}
      description={words.description}
      width="wide"
      actions={
        some ? (
          <>
            {addButton}
            <Button variant="default" onClick={() => openImportFile(client, views, { mode: 'real' })}>
              {words.file}
            </Button>
            <Button
              leftSection={<IconFileImport size={18} aria-hidden />}
              loading={taking}
              title={words.takeHint}
              onClick={() => void take()}
            >
              {words.take}
            </Button>
          </>
        ) : undefined
      }
    >
      {error === undefined ? null : <ErrorNote error={error} />}
      <ActiveImports />
      {views === undefined ? (
        error === undefined ? (
          <Loader aria-label={text.common.loading} role="status" />
        ) : null
      ) : some ? (
        <>
          <ChannelTable views={views} />
          <ImportCharts views={views} />
          <ImportHistory channels={views.map(({ channel }) => channel.name)} />
        </>
      ) : (
        <Paper>
          <EmptyState icon={IconFileImport} title={words.emptyTitle} action={addButton}>
            {words.emptyBody}
          </EmptyState>
        </Paper>
      )}
    </WindowFrame>
  );
}
