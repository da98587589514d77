import { printJson } from '../output/json.ts';
import type { ProgressView } from './run-event.ts';

/** One JSON object a line for each event; for programs. */
export const jsonView = (): ProgressView => ({
  show: printJson,
  note: (message) => printJson({ type: 'note', message }),
  close: () => {},
});
