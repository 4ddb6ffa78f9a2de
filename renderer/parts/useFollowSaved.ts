import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useRef } from 'react';

/**
 * Keeps a form in step with what is saved, while nothing in it was changed here: another window or the command
 * line may save, too. What a person is typing is never overwritten.
 */
export function useFollowSaved<Values extends object>(form: UseFormReturnType<Values>, saved: Values): void {
  const key = JSON.stringify(saved);
  const seen = useRef(key);
  useEffect(() => {
    if (seen.current === key) return;
    seen.current = key;
    const untouched = !form.isDirty() || JSON.stringify(form.getValues()) === key;
    form.setInitialValues(saved);
    if (untouched) form.setValues(saved);
  });
}
