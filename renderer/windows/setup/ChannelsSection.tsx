import { Button, Group, Pill, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useRef, useState } from 'react';
import { Section } from '../../parts/Section.tsx';
import { text } from '../../text/en.ts';
import { channelProblem, type SetupForm } from './setupForm.ts';

/** The named flows of data, added and removed one by one; saved with the rest. */
export function ChannelsSection({ form }: { readonly form: UseFormReturnType<SetupForm> }) {
  const { channels } = form.values;
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);

  const add = () => {
    const name = typed.trim().toLowerCase();
    const found = channelProblem(name, channels);
    setProblem(found);
    input.current?.focus();
    if (found !== undefined) return;
    form.setFieldValue('channels', [...channels, name].toSorted());
    setTyped('');
  };
  const remove = (name: string) => {
    form.setFieldValue(
      'channels',
      channels.filter((channel) => channel !== name),
    );
    input.current?.focus();
  };

  return (
    <Section title={text.setup.channels} description={text.setup.channelsDescription}>
      {channels.length === 0 ? (
        <Text size="sm">{text.setup.channelsEmpty}</Text>
      ) : (
        <Group gap="xs" component="ul" className="plain-list">
          {channels.map((name) => (
            <li key={name}>
              <Pill
                size="lg"
                withRemoveButton
                onRemove={() => remove(name)}
                removeButtonProps={{
                  'aria-label': text.setup.removeChannel(name),
                  'aria-hidden': false,
                  tabIndex: 0,
                }}
              >
                {name}
              </Pill>
            </li>
          ))}
        </Group>
      )}
      <Group gap="xs" align="flex-end">
        <TextInput
          ref={input}
          label={text.setup.newChannel}
          placeholder={text.setup.newChannelPlaceholder}
          value={typed}
          error={problem}
          spellCheck={false}
          flex={1}
          maw={360}
          inputWrapperOrder={['label', 'error', 'input']}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button variant="default" onClick={add} disabled={typed.trim() === ''}>
          {text.setup.addChannel}
        </Button>
      </Group>
    </Section>
  );
}
