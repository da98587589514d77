import type { ProgressView } from './run-event.ts';

/** Writes a value as one line of JSON to stdout. */
export const printJson = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

/** One JSON object a line for each event; for programs. */
export const jsonView = (): ProgressView => ({
  show: printJson,
  note: (message) => printJson({ type: 'note', message }),
  close: () => {},
});
