import type { UseFormReturnType } from '@mantine/form';
import type { FtpForm } from './ftpForm.ts';

export type FtpFormHandle = UseFormReturnType<FtpForm>;
