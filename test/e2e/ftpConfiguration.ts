import type { Locator, Page } from 'playwright-core';
import { text } from '../../renderer/text/en.ts';
import { goToWindow } from './goToWindow.ts';

export interface TypedServer {
  readonly host?: string;
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
}

/** Opens the FTP Configuration the way a person does, from the set-up window. */
export async function openFtpConfiguration(page: Page): Promise<Locator> {
  await goToWindow(page, 'setup');
  await page.getByRole('button', { name: text.setup.configureFtp }).click();
  const dialog = page.getByRole('dialog', { name: text.ftp.title });
  await dialog.waitFor();
  return dialog;
}

/** Types into the fields that are given; the others stay. */
export async function typeServer(dialog: Locator, typed: TypedServer): Promise<void> {
  const box = (name: string) => dialog.getByRole('textbox', { name, exact: true });
  if (typed.host !== undefined) await box(text.ftp.host).fill(typed.host);
  if (typed.port !== undefined) await box(text.ftp.port).fill(String(typed.port));
  if (typed.username !== undefined) await box(text.ftp.username).fill(typed.username);
  if (typed.password !== undefined) {
    await dialog.getByLabel(text.ftp.password, { exact: true }).fill(typed.password);
  }
}

/** What a finished check says: its verdict, and every step that went wrong with its meaning and advice. */
export interface CheckOutcome {
  readonly verdict: string;
  readonly failed: string;
}

/** Presses the button, waits for the verdict, and reads what stands there. */
export async function check(dialog: Locator, kind: 'test-connection' | 'self-check'): Promise<CheckOutcome> {
  await dialog
    .getByRole('button', {
      name: kind === 'self-check' ? text.ftp.selfCheck : text.ftp.testConnection,
      exact: true,
    })
    .click();
  const panel = dialog.getByRole('region', { name: text.ftp.check });
  const verdict = panel.getByRole('alert');
  await verdict.waitFor();
  return {
    verdict: await verdict.innerText(),
    failed: (await panel.getByRole('listitem').filter({ hasText: text.ftp.stepAdvice }).allInnerTexts()).join(
      '\n',
    ),
  };
}
