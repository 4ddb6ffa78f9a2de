import { Box, Center, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Brand } from '../../shell/Brand.tsx';
import { LostBanner } from '../../shell/LostBanner.tsx';
import { text } from '../../text/en.ts';
import { RoleChoice } from './RoleChoice.tsx';
import { SiteForm } from './SiteForm.tsx';

/** The first thing a new installation shows: what is this computer, or just try it. */
export function FirstRunWindow() {
  const [role, setRole] = useState<'central' | 'store'>();
  useEffect(() => {
    document.title = text.shell.pageTitle(text.firstRun.title);
  }, []);
  return (
    <Center mih="100vh" p="lg" component="main">
      <Box w="100%" maw={role === undefined ? 860 : 560}>
        <Stack gap="xl">
          <Brand />
          <LostBanner />
          {role === undefined ? (
            <>
              <Box>
                <Title order={1}>{text.firstRun.title}</Title>
                <Text c="dimmed" mt={4} maw={640}>
                  {text.firstRun.lead}
                </Text>
              </Box>
              <RoleChoice onChoose={setRole} />
            </>
          ) : (
            <SiteForm role={role} onBack={() => setRole(undefined)} />
          )}
        </Stack>
      </Box>
    </Center>
  );
}
