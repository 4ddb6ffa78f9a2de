import { Center, Stack, Text } from '@mantine/core';
import type { ErrorReport } from '../../shared/errors.ts';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { text } from '../text/en.ts';
import { Brand } from './Brand.tsx';
import { LostBanner } from './LostBanner.tsx';

/** The settings file cannot be read: say why, and touch nothing. */
export function SettingsProblem({ error }: { readonly error: ErrorReport }) {
  return (
    <Center mih="100vh" component="main" p="lg">
      <Stack maw={640}>
        <Brand />
        <LostBanner />
        <ErrorNote error={error} title={text.shell.settingsErrorTitle} />
        <Text>{text.shell.settingsErrorBody}</Text>
      </Stack>
    </Center>
  );
}
