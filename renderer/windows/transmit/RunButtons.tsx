import { Button, Group, Tooltip } from '@mantine/core';
import { IconArrowsExchange, IconDownload, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import type { CallInput } from '../../../shared/contract/calls.ts';
import { startTransmission } from '../../actions/transmit.ts';
import { useClient } from '../../api/client.ts';
import { text } from '../../text/en.ts';

/** The big button, and the two smaller ones for half of its work. */
export function RunButtons({ disabled }: { readonly disabled: boolean }) {
  const client = useClient();
  const [starting, setStarting] = useState(false);
  const start = async (mode: CallInput<'run.start'>['mode']) => {
    setStarting(true);
    await startTransmission(client, mode);
    setStarting(false);
  };
  return (
    <Group gap="sm">
      <Button
        size="xl"
        leftSection={<IconArrowsExchange size={26} aria-hidden />}
        disabled={disabled}
        loading={starting}
        onClick={() => void start('full')}
      >
        {text.transmit.transmit}
      </Button>
      <Tooltip label={text.transmit.exportOnlyHint}>
        <Button
          variant="default"
          leftSection={<IconUpload size={18} aria-hidden />}
          disabled={disabled || starting}
          onClick={() => void start('export-only')}
        >
          {text.transmit.exportOnly}
        </Button>
      </Tooltip>
      <Tooltip label={text.transmit.importOnlyHint}>
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          disabled={disabled || starting}
          onClick={() => void start('import-only')}
        >
          {text.transmit.importOnly}
        </Button>
      </Tooltip>
    </Group>
  );
}
