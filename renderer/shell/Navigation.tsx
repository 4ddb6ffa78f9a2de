import { Anchor, Badge, Group, Loader, NavLink, Stack, Text } from '@mantine/core';
import { useApp } from '../state/appStore.ts';
import { formatPlace } from '../state/place.ts';
import { text } from '../text/en.ts';
import { Brand } from './Brand.tsx';
import classes from './Navigation.module.css';
import { navigationItems } from './navigationItems.ts';
import { SiteLabel } from './SiteLabel.tsx';

interface NavigationProps {
  readonly role: 'central' | 'store';
  readonly onFollow: () => void;
  readonly onHelp: () => void;
}

export function Navigation({ role, onFollow, onHelp }: NavigationProps) {
  const current = useApp((app) => app.place.window);
  const running = useApp((app) => app.run.active !== undefined);
  const skipped = useApp((app) => app.site?.status.queue.skipped ?? 0);
  const standing = useApp((app) => app.site?.status.alerts?.standing ?? 0);
  const signs = {
    transmit: running ? <Loader size={14} aria-label={text.shell.running} role="img" /> : undefined,
    queue:
      skipped > 0 ? (
        <Badge color="red" size="sm">
          {text.shell.skipped(skipped)}
        </Badge>
      ) : undefined,
    alerts:
      standing > 0 ? (
        <Badge color="red" size="sm">
          {text.alerts.standing(standing)}
        </Badge>
      ) : undefined,
  };
  return (
    <Stack h="100%" justify="space-between" gap="md">
      <Stack gap="md">
        <Group px="xs" py={4} visibleFrom="sm">
          <Brand />
        </Group>
        <Stack component="nav" gap={2} aria-label={text.shell.navigation}>
          {navigationItems(role).map(({ window, icon: Icon }) => (
            <NavLink
              key={window}
              component="a"
              href={formatPlace({ window, within: [] })}
              onClick={onFollow}
              active={current === window}
              aria-current={current === window ? 'page' : undefined}
              className={classes['link'] ?? ''}
              label={
                <Text span fw={current === window ? 650 : 500}>
                  {text.shell.windows[window]}
                </Text>
              }
              leftSection={<Icon size={20} stroke={1.6} aria-hidden />}
              rightSection={
                window === 'transmit' || window === 'queue' || window === 'alerts' ? signs[window] : undefined
              }
            />
          ))}
        </Stack>
      </Stack>
      <Stack gap="sm">
        <SiteLabel />
        <Anchor component="button" type="button" size="xs" px="xs" ta="left" onClick={onHelp}>
          {text.shell.shortcuts}
        </Anchor>
      </Stack>
    </Stack>
  );
}
