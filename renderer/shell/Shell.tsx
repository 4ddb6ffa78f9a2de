import { AppShell, Burger, Center, Group, Loader, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense } from 'react';
import { useApp } from '../state/appStore.ts';
import { text } from '../text/en.ts';
import { Brand } from './Brand.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { LostBanner } from './LostBanner.tsx';
import { Navigation } from './Navigation.tsx';
import { centralWindows } from './navigationItems.ts';
import { PracticeBanner } from './PracticeBanner.tsx';
import { PromptDialog } from './PromptDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { useShortcuts } from './useShortcuts.ts';
import { WindowGuard } from './WindowGuard.tsx';
import { windows } from './windows.ts';

/** The frame around the windows of a site that is set up. */
export function Shell({ role }: { readonly role: 'central' | 'store' }) {
  const [menuOpen, menu] = useDisclosure(false);
  const name = useApp((app) =>
    role === 'store' && centralWindows.has(app.place.window) ? 'transmit' : app.place.window,
  );
  const Window = windows[name];
  const [helpOpen, help] = useDisclosure(false);
  useShortcuts(role, help.open);
  return (
    <>
      <button type="button" className="skip-link" onClick={focusContent}>
        {text.shell.skipToContent}
      </button>
      <AppShell
        header={{ height: { base: 56, sm: 0 } }}
        navbar={{ width: 228, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
        layout="alt"
        padding="lg"
      >
        <AppShell.Header component="div" px="md" hiddenFrom="sm">
          <Group h="100%">
            <Burger opened={menuOpen} onClick={menu.toggle} size="sm" aria-label={text.shell.menu} />
            <Brand />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="sm">
          <Group hiddenFrom="sm" pb="sm">
            <Burger opened={menuOpen} onClick={menu.toggle} size="sm" aria-label={text.shell.menu} />
            <Brand />
          </Group>
          <Navigation role={role} onFollow={menu.close} onHelp={help.open} />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1} className="quiet-focus content">
          <Stack gap="md">
            <LostBanner />
            <PracticeBanner />
            <ConnectionBanner />
            <WindowGuard key={name}>
              <Suspense fallback={<Waiting />}>
                <Window />
              </Suspense>
            </WindowGuard>
          </Stack>
        </AppShell.Main>
      </AppShell>
      <PromptDialog />
      <ShortcutsDialog role={role} opened={helpOpen} onClose={help.close} />
    </>
  );
}

/** The address after "#" belongs to the windows, so this is no link. */
function focusContent() {
  document.getElementById('content')?.focus();
}

function Waiting() {
  return (
    <Center py={80}>
      <Loader aria-label={text.common.loading} role="status" />
    </Center>
  );
}
