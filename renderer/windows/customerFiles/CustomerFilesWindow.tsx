import { Button, Paper, Tabs } from '@mantine/core';
import { IconFileText, IconFolderCog } from '@tabler/icons-react';
import { useCallback } from 'react';
import { goTo } from '../../actions/goTo.ts';
import { useClient } from '../../api/client.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { useApp } from '../../state/appStore.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { CustomerPage } from './CustomerPage.tsx';
import { CustomersTab } from './CustomersTab.tsx';
import { LookNow } from './LookNow.tsx';
import { openDropFolders } from './openDropFolders.tsx';
import { UnidentifiedTab } from './UnidentifiedTab.tsx';

/**
 * Customers with their files, and the files that nobody was found for. What is open stands in the address:
 * `#/customer-files`, `#/customer-files/customer/DATASET/KEY`, `#/customer-files/unidentified`.
 */
export function CustomerFilesWindow() {
  const client = useClient();
  const [kind, dataset = '', customer = ''] = useApp((app) => app.place.within);
  const folders = useApp((app) => app.site?.settings?.dropFolders.folders.length ?? 0);
  const read = useCallback(() => client.call('customerFiles.unidentified', {}), [client]);
  const unidentified = useReading('customer-files', read);
  const words = text.customerFiles;
  if (kind === 'customer') return <CustomerPage dataset={dataset} customer={customer} />;
  const actions = (
    <>
      <Button
        variant="default"
        leftSection={<IconFolderCog size={16} aria-hidden />}
        onClick={() => openDropFolders(client)}
      >
        {words.folders}
      </Button>
      {folders === 0 ? null : <LookNow />}
    </>
  );
  const view = kind === 'unidentified' ? 'unidentified' : 'customers';
  return (
    <WindowFrame title={words.title} description={words.description} width="wide" actions={actions}>
      {folders === 0 ? (
        <Paper>
          <EmptyState
            icon={IconFileText}
            title={words.noFolderTitle}
            action={
              <Button variant="light" onClick={() => openDropFolders(client)}>
                {words.noFolderAction}
              </Button>
            }
          >
            {words.noFolderBody}
          </EmptyState>
        </Paper>
      ) : null}
      <Tabs
        value={view}
        onChange={(next) =>
          next === 'unidentified' ? goTo('customer-files', 'unidentified') : goTo('customer-files')
        }
        keepMounted={false}
      >
        <Tabs.List aria-label={words.tabsLabel} mb="md">
          <Tabs.Tab value="customers">{words.customersTab}</Tabs.Tab>
          <Tabs.Tab value="unidentified">{words.unidentifiedTab(unidentified.value?.length ?? 0)}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="customers">
          <CustomersTab />
        </Tabs.Panel>
        <Tabs.Panel value="unidentified">
          <UnidentifiedTab reading={unidentified} />
        </Tabs.Panel>
      </Tabs>
    </WindowFrame>
  );
}
