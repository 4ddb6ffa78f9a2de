import { Button, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Section } from '../../parts/Section.tsx';
import { text } from '../../text/en.ts';

/** What was said to the server and back in one run, for IT; closed until asked for. */
export function ProtocolSection({ lines }: { readonly lines: readonly string[] }) {
  const [open, { toggle }] = useDisclosure(false);
  const words = text.history;
  return (
    <Section title={words.protocol}>
      {lines.length === 0 ? (
        <Text c="dimmed">{words.protocolEmpty}</Text>
      ) : (
        <>
          <Button
            variant="default"
            size="xs"
            aria-expanded={open}
            leftSection={
              open ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />
            }
            onClick={toggle}
          >
            {open ? words.protocolHide : words.protocolShow(lines.length)}
          </Button>
          {open ? (
            <ScrollArea.Autosize
              mah={400}
              mt="sm"
              viewportProps={{ tabIndex: 0, 'aria-label': words.protocol, role: 'region' }}
            >
              <Text component="pre" size="xs" ff="monospace">
                {lines.join('\n')}
              </Text>
            </ScrollArea.Autosize>
          ) : null}
        </>
      )}
    </Section>
  );
}
