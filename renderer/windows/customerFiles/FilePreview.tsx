import { Box, Image, Loader, ScrollArea, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../shared/errors.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { formatBytes } from '../../parts/formatBytes.ts';
import { text } from '../../text/en.ts';
import { imageType, type PreviewKind, previewKind } from './previewKind.ts';

/** A text beyond this is no preview any more. */
const mostText = 200_000;
const height = 460;

interface FilePreviewProps {
  readonly name: string;
  /** Must be stable. */
  readonly read: () => Promise<Uint8Array<ArrayBuffer> | ErrorReport>;
}

/**
 * Shows an image, a PDF or a text from its bytes.
 *
 * Nothing in it can run: images and texts are drawn, and a PDF is given to the browser's own viewer under an address
 * that is typed as PDF whatever it holds.
 */
export function FilePreview({ name, read }: FilePreviewProps) {
  const kind = shownKind(name);
  const [loaded, setLoaded] = useState<Uint8Array<ArrayBuffer> | ErrorReport>();
  useEffect(() => {
    if (kind === 'none') return undefined;
    let stale = false;
    void read().then((bytes) => {
      if (!stale) setLoaded(bytes);
    });
    return () => {
      stale = true;
    };
  }, [kind, read]);
  const words = text.customerFiles;
  if (kind === 'none') return <Text c="dimmed">{words.noPreview}</Text>;
  if (loaded === undefined) {
    return (
      <Stack align="center" py="lg">
        <Loader aria-label={text.common.loading} role="status" />
        <Text c="dimmed">{words.previewLoading}</Text>
      </Stack>
    );
  }
  if (!(loaded instanceof Uint8Array)) return <ErrorNote error={loaded} />;
  if (kind === 'text') return <TextPreview bytes={loaded} name={name} />;
  return <MediaPreview kind={kind} bytes={loaded} name={name} />;
}

/** Where there is no viewer for PDF (the desktop program has none), it is downloaded instead. */
function shownKind(name: string): PreviewKind {
  const kind = previewKind(name);
  return kind === 'pdf' && !navigator.pdfViewerEnabled ? 'none' : kind;
}

interface ShownProps {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
}

function TextPreview({ bytes, name }: ShownProps) {
  const words = text.customerFiles;
  const shown = new TextDecoder().decode(bytes.subarray(0, mostText));
  return (
    <Stack gap="xs">
      <ScrollArea.Autosize
        mah={height}
        viewportProps={{ tabIndex: 0, 'aria-label': words.previewOf(name), role: 'region' }}
      >
        <Text
          component="pre"
          ff="monospace"
          size="sm"
          m={0}
          style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
        >
          {shown}
        </Text>
      </ScrollArea.Autosize>
      {bytes.length > mostText ? (
        <Text size="sm" c="dimmed">
          {words.cut(formatBytes(mostText))}
        </Text>
      ) : null}
    </Stack>
  );
}

function MediaPreview({ kind, bytes, name }: ShownProps & { readonly kind: 'image' | 'pdf' }) {
  const [address, setAddress] = useState('');
  useEffect(() => {
    const type = kind === 'pdf' ? 'application/pdf' : imageType(name);
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [kind, bytes, name]);
  const words = text.customerFiles;
  if (address === '') return null;
  if (kind === 'image') return <Image src={address} alt={words.previewOf(name)} mah={height} fit="contain" />;
  return (
    <Box
      component="iframe"
      src={address}
      title={words.previewOf(name)}
      w="100%"
      h={height}
      style={{ border: 0, background: 'var(--branchline-ground)' }}
    />
  );
}
