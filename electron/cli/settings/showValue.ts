/** A setting's value for people. */
export function showValue(value: unknown): string {
  if (value === undefined) return '–';
  if (Array.isArray(value)) return value.join(', ') || '(none)';
  return value === '' ? '(empty)' : String(value);
}
