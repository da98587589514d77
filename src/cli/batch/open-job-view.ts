import type { WriteStream } from 'node:tty';
import { printJson } from '../output/json.ts';
import { oneLine } from '../output/text-width.ts';
import { clock, timeLeft } from '../output/words.ts';
import { redrawn } from '../progress/redrawn.ts';
import { failureOf, type Job, type JobEvent, type JobView } from './job-event.ts';
import { apply, draw, newPicture } from './job-picture.ts';
import { counterWords, failureWords, percentOf, spentWords, waitWords } from './job-words.ts';
import { Pace } from './pace.ts';

/** The view that fits where the output goes: JSON on demand, a bar on a terminal, else plain lines. */
export function openJobView(json: boolean | undefined): JobView {
  if (json) return jsonView();
  if (process.stderr.isTTY) return terminalView(process.stderr);
  return linesView((line) => process.stderr.write(`${line}\n`));
}

/** One JSON object a line for each event; for programs. */
const jsonView = (): JobView => ({
  show: (event) => printJson({ type: 'progress', ...event }),
  note: (message) => printJson({ type: 'note', message }),
  close: () => {},
});

/** A bar for the job and its newest failures below it, redrawn in place. */
function terminalView(terminal: WriteStream): JobView {
  const picture = newPicture();
  const screen = redrawn(terminal, (elapsed, size) => draw(picture, elapsed, size));
  return {
    show: (event) => apply(picture, event),
    note: (text) => screen.redraw(`${oneLine(text)}\n`),
    close: () => screen.close(),
  };
}

/**
 * A plain line a failure, and one a percent, for pipes and logs.
 *
 * @param write gets each line without its line break.
 */
export function linesView(write: (line: string) => void): JobView {
  const started = performance.now();
  const pace = new Pace();
  let told = -1;
  let wait = '';
  const print = (text: string) => write(`${clock((performance.now() - started) / 1_000)}  ${oneLine(text)}`);
  const tellJob = (job: Job) => {
    pace.see(job);
    if (waitWords(job) !== wait) {
      wait = waitWords(job);
      if (wait) print(wait);
    }
    if (percentOf(job) === told) return;
    told = percentOf(job);
    const parts = [
      `${percentOf(job)} %`,
      counterWords(job),
      timeLeft(pace.secondsLeft(job)),
      spentWords(job),
    ];
    print(parts.filter(Boolean).join(' · '));
  };
  return {
    show: (event: JobEvent) => {
      const failure = failureOf(event);
      if (failure) print(failureWords(failure));
      if (event.job) tellJob(event.job);
    },
    note: print,
    close: () => {},
  };
}
