import { jsonView } from './json-view.ts';
import { linesView } from './lines-view.ts';
import type { ProgressView } from './run-event.ts';
import { terminalView } from './terminal-view.ts';

/** The view that fits where the output goes: JSON on demand, a picture on a terminal, else plain lines. */
export function openView(json: boolean | undefined): ProgressView {
  if (json) return jsonView();
  if (process.stderr.isTTY) return terminalView(process.stderr);
  return linesView((line) => process.stderr.write(`${line}\n`));
}
