import { Box, Button, Group, Text } from '@mantine/core';
import { IconServerCog } from '@tabler/icons-react';
import type { FtpConfiguration } from '../../../shared/settings.ts';
import { goTo } from '../../actions/goTo.ts';
import { Section } from '../../parts/Section.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { text } from '../../text/en.ts';

interface ConnectionSectionProps {
  readonly ftp: FtpConfiguration;
  readonly hasPassword: boolean;
}

/** How this site reaches the home directory, in one line, and the way to change it. */
export function ConnectionSection({ ftp, hasPassword }: ConnectionSectionProps) {
  const folder = ftp.protocol === 'folder';
  const configured = folder || ftp.host !== '';
  return (
    <Section title={text.setup.connection}>
      <Group justify="space-between" align="flex-start">
        <Box flex={1} miw={260}>
          {configured ? (
            <>
              <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                {folder ? ftp.homeDir : text.setup.server(ftp.username, ftp.host, ftp.port, ftp.homeDir)}
              </Text>
              <Group gap={6} mt={6}>
                {folder ? (
                  <StateBadge tone="info">{text.setup.folderProtocol}</StateBadge>
                ) : (
                  <FtpBadges ftp={ftp} hasPassword={hasPassword} />
                )}
              </Group>
            </>
          ) : (
            <Text>{text.setup.connectionNone}</Text>
          )}
        </Box>
        <Button
          leftSection={<IconServerCog size={18} aria-hidden />}
          variant={configured ? 'default' : 'filled'}
          onClick={() => goTo('setup', 'ftp')}
        >
          {text.setup.configureFtp}
        </Button>
      </Group>
    </Section>
  );
}

function FtpBadges({ ftp, hasPassword }: ConnectionSectionProps) {
  const needsPassword = ftp.protocol !== 'sftp' || ftp.logonType === 'normal';
  return (
    <>
      {ftp.protocol === 'sftp' ? (
        <>
          <StateBadge tone="good">{text.setup.sftp}</StateBadge>
          <StateBadge tone="info">{text.ftp.logonTypes[ftp.logonType]}</StateBadge>
        </>
      ) : (
        <>
          <StateBadge tone={ftp.enableSsl ? 'good' : 'warn'}>
            {ftp.enableSsl ? text.setup.sslOn : text.setup.sslOff}
          </StateBadge>
          <StateBadge tone="info">{ftp.passiveMode ? text.setup.passive : text.setup.active}</StateBadge>
        </>
      )}
      {needsPassword ? (
        <StateBadge tone={hasPassword ? 'good' : 'warn'}>
          {hasPassword ? text.setup.passwordSaved : text.setup.passwordMissing}
        </StateBadge>
      ) : null}
    </>
  );
}
