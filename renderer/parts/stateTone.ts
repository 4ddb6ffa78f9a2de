/** What a state means for the person. */
export type StateTone = 'good' | 'busy' | 'warn' | 'bad' | 'idle' | 'info';
