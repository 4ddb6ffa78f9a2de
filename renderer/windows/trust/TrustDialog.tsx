import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { ServerIdentity } from '../../../shared/trust.ts';
import { addTrusted } from '../../actions/trust.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { text } from '../../text/en.ts';
import { IdentityTable } from './IdentityTable.tsx';

interface TrustDialogProps {
  /** What the server shows; closed where there is nothing to decide. */
  readonly identity: ServerIdentity | undefined;
  readonly onClose: () => void;
  /** It is trusted now. */
  readonly onTrusted: (identity: ServerIdentity) => void;
}

/**
 * Shows what a server proves itself with, a certificate or a host key, and asks whether to trust it. One that has
 * changed is trusted by a deliberate step only.
 */
export function TrustDialog({ identity, onClose, onTrusted }: TrustDialogProps) {
  const words = text.trust;
  const changed = identity?.trustedFingerprint !== undefined;
  return (
    <Modal
      opened={identity !== undefined}
      onClose={onClose}
      title={changed ? words.changedTitle : words.firstTitle}
      size={620}
      zIndex={400}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      {identity === undefined ? null : (
        <Question key={identity.fingerprint} identity={identity} onClose={onClose} onTrusted={onTrusted} />
      )}
    </Modal>
  );
}

function Question({
  identity,
  onClose,
  onTrusted,
}: TrustDialogProps & { readonly identity: ServerIdentity }) {
  const client = useClient();
  const [confirmed, setConfirmed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorReport>();
  const words = text.trust;
  const changed = identity.trustedFingerprint !== undefined;
  const trust = async () => {
    setBusy(true);
    const error = await addTrusted(client, identity);
    setBusy(false);
    if (error === undefined) onTrusted(identity);
    else setFailure(error);
  };
  return (
    <Stack gap="md">
      {changed ? (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
          {words.changedIntro}
        </Alert>
      ) : (
        <Text size="sm">{identity.kind === 'certificate' ? words.firstIntro : words.firstHostKey}</Text>
      )}
      <IdentityTable identity={identity} />
      <Text size="sm">
        <b>{words.problem}</b> {identity.problem}
      </Text>
      {changed ? (
        <Checkbox
          label={words.confirmed}
          checked={confirmed}
          onChange={(event) => setConfirmed(event.currentTarget.checked)}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {words.nothingSent}
        </Text>
      )}
      {failure === undefined ? null : <ErrorNote error={failure} />}
      <Group justify="flex-end">
        {/* Enter on an accidental click must not trust anybody. */}
        <Button variant="default" data-autofocus onClick={onClose}>
          {words.doNotTrust}
        </Button>
        <Button
          {...(changed ? { color: 'red.9' } : {})}
          disabled={changed && !confirmed}
          loading={busy}
          onClick={() => void trust()}
        >
          {changed ? words.trustNew : words.trust}
        </Button>
      </Group>
    </Stack>
  );
}
