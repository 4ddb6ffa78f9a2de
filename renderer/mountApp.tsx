import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import 'mantine-datatable/styles.css';
import './app.css';
import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { ContractClient } from '../shared/contract/wire.ts';
import { App } from './App.tsx';
import { followAddress } from './actions/goTo.ts';
import { ClientProvider } from './api/client.ts';
import { useApp } from './state/appStore.ts';
import { projectEvents } from './state/projectEvents.ts';
import { text } from './text/en.ts';
import { cssVariables, theme } from './theme.ts';

/** Shows the windows in the page, on whatever client leads to an engine. */
export function mountApp(client: ContractClient): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no element "root".');
  projectEvents(client, useApp);
  followAddress();
  createRoot(root).render(
    <StrictMode>
      <ClientProvider value={client}>
        <Themed>
          <App />
        </Themed>
      </ClientProvider>
    </StrictMode>,
  );
}

/** Light or dark as the settings say, or as the system does. */
function Themed({ children }: { readonly children: ReactNode }) {
  const wanted = useApp((app) => app.site?.settings?.desktop.theme ?? 'system');
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      {...(wanted === 'system' ? {} : { forceColorScheme: wanted })}
    >
      <Notifications position="top-right" />
      <ModalsProvider modalProps={{ closeButtonProps: { 'aria-label': text.common.close } }}>
        {children}
      </ModalsProvider>
    </MantineProvider>
  );
}
