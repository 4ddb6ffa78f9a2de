import { Center, Loader, Stack, Text } from '@mantine/core';
import { SettingsProblem } from './shell/SettingsProblem.tsx';
import { Shell } from './shell/Shell.tsx';
import { useApp } from './state/appStore.ts';
import { text } from './text/en.ts';
import { FirstRunWindow } from './windows/firstRun/FirstRunWindow.tsx';

/** Decides by the present state what there is to see: waiting, a broken settings file, first run, or the windows. */
export function App() {
  const site = useApp((app) => app.site);
  if (site === undefined) {
    return (
      <Center mih="100vh" component="main">
        <Stack align="center">
          <Loader aria-hidden />
          <Text role="status">{text.shell.connecting}</Text>
        </Stack>
      </Center>
    );
  }
  if (site.settingsError !== undefined) return <SettingsProblem error={site.settingsError} />;
  const role = site.settings?.site.role ?? site.status.site?.role;
  return role === undefined ? <FirstRunWindow /> : <Shell role={role} />;
}
