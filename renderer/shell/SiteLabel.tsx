import { Box, Text } from '@mantine/core';
import { useApp } from '../state/appStore.ts';
import { text } from '../text/en.ts';

/** Which site this is, always in view, so that nobody works at the wrong one. */
export function SiteLabel() {
  const site = useApp((app) => app.site?.status.site);
  const server = useApp((app) => app.site?.status.server);
  if (site === undefined) return null;
  return (
    <Box px="xs">
      <Text fw={600} size="sm" truncate title={site.label}>
        {site.label}
      </Text>
      <Text size="xs" c="dimmed">
        {site.role === 'central' ? text.shell.roleCentral : text.shell.roleStore(site.name)}
      </Text>
      {server === undefined ? null : (
        <Text size="xs" c="dimmed" truncate title={server}>
          {server}
        </Text>
      )}
    </Box>
  );
}
