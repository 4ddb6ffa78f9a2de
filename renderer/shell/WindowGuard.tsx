import { Alert, Button, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { text } from '../text/en.ts';

interface WindowGuardProps {
  readonly children: ReactNode;
}

/** A window that fails to show must not take the others with it. React knows guards as classes only. */
export class WindowGuard extends Component<WindowGuardProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Alert role="alert" color="red" title={text.shell.windowFailedTitle}>
        <Text size="sm" mb="sm">
          {text.shell.windowFailedBody}
        </Text>
        <Button variant="default" size="xs" onClick={() => this.setState({ failed: false })}>
          {text.shell.openAgain}
        </Button>
      </Alert>
    );
  }
}
