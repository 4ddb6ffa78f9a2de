import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { LogOnPrompt } from '../../shared/contract/accessCalls.ts';
import { useClient } from '../api/client.ts';
import { notifyFailure } from '../parts/notify.ts';
import { useApp } from '../state/appStore.ts';
import { text } from '../text/en.ts';

/** Shows what a server asks at log-on, round by round, whatever window is open. */
export function PromptDialog() {
  const prompt = useApp((app) => app.prompts[0]);
  const client = useClient();
  const answer = async (promptId: string, answers: string[] | undefined) => {
    const given = answers === undefined ? {} : { answers };
    const result = await client.call('access.answer', { promptId, ...given });
    if (!result.ok) notifyFailure(result.error);
  };
  return (
    <Modal
      opened={prompt !== undefined}
      onClose={() => {
        if (prompt !== undefined) void answer(prompt.promptId, undefined);
      }}
      title={text.shell.promptTitle}
      zIndex={500}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': text.shell.promptCancel }}
    >
      {prompt === undefined ? null : (
        <Questions
          key={prompt.promptId}
          prompt={prompt}
          onAnswer={(answers) => void answer(prompt.promptId, answers)}
        />
      )}
    </Modal>
  );
}

interface QuestionsProps {
  readonly prompt: LogOnPrompt;
  readonly onAnswer: (answers: string[] | undefined) => void;
}

function Questions({ prompt, onAnswer }: QuestionsProps) {
  const [answers, setAnswers] = useState(() => prompt.prompts.map(() => ''));
  const [sent, setSent] = useState(false);
  const type = (index: number, value: string) =>
    setAnswers((before) => before.map((answer, place) => (place === index ? value : answer)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    onAnswer(answers);
  };
  return (
    <form onSubmit={submit} aria-label={text.shell.promptTitle}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {text.shell.promptFrom(prompt.server)}
        </Text>
        {prompt.name === '' ? null : <Text fw={600}>{prompt.name}</Text>}
        {prompt.instructions === '' ? null : (
          <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {prompt.instructions}
          </Text>
        )}
        {prompt.prompts.map(({ text: asked, echo }, index) => {
          const Field = echo ? TextInput : PasswordInput;
          return (
            <Field
              // A round never changes: its questions have no name but their place.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above.
              key={index}
              label={asked === '' ? text.shell.promptUnnamed : asked}
              autoComplete="off"
              spellCheck={false}
              {...(index === 0 ? { 'data-autofocus': true } : {})}
              {...(echo
                ? {}
                : {
                    visibilityToggleButtonProps: {
                      'aria-label': text.ftp.secretShow(asked),
                      tabIndex: 0,
                    },
                  })}
              value={answers[index] ?? ''}
              onChange={(event) => type(index, event.currentTarget.value)}
            />
          );
        })}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onAnswer(undefined)}>
            {text.shell.promptCancel}
          </Button>
          <Button type="submit" loading={sent}>
            {text.shell.promptAnswer}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
