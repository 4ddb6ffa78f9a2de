import { Button, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useClient } from '../../api/client.ts';
import { notifyDone, notifyFailure } from '../../parts/notify.ts';
import { text } from '../../text/en.ts';

const words = text.customerFiles;

/** Looks into the drop folders now, and says how far it is. */
export function LookNow() {
  const client = useClient();
  const [running, setRunning] = useState(false);
  const [what, setWhat] = useState('');
  useEffect(() => {
    // A look may be under way already: somebody else's, or one that was left when this window was closed.
    void client.call('customerFiles.running', {}).then((answer) => {
      if (answer.ok && answer.value !== undefined) setRunning(true);
    });
    const listening = [
      client.on('customerFiles.progress', (progress) => {
        setRunning(true);
        setWhat(progress.what);
      }),
      client.on('customerFiles.ended', ({ result, error }) => {
        setRunning(false);
        setWhat('');
        if (error !== undefined && error.class !== 'cancelled') notifyFailure(error);
        if (result === undefined) return;
        notifyDone(words.looked(result.attached, result.unidentified, result.growing));
        const troubles = [...result.problems, ...(result.failed > 0 ? [words.notTaken(result.failed)] : [])];
        for (const message of troubles) notifyFailure({ code: 'partial', class: 'fix', message, advice: '' });
      }),
    ];
    return () => {
      for (const stop of listening) stop();
    };
  }, [client]);

  const start = async () => {
    setRunning(true);
    const answer = await client.call('customerFiles.run', {});
    if (answer.ok) return;
    setRunning(false);
    notifyFailure(answer.error);
  };
  if (!running) {
    return (
      <Button leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => void start()}>
        {words.lookNow}
      </Button>
    );
  }
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed" role="status" maw={260} truncate>
        {what === '' ? words.looking : words.lookingAt(what)}
      </Text>
      <Button variant="light" onClick={() => void client.call('customerFiles.cancel', {})}>
        {words.stop}
      </Button>
    </Group>
  );
}
