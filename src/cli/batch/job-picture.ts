/** What is known of a job at work, and how it looks on a terminal. */
import { styleText } from 'node:util';
import { fit } from '../output/text-width.ts';
import { clock, timeLeft } from '../output/words.ts';
import type { Screen } from '../progress/redrawn.ts';
import { failureOf, type Job, type JobEvent } from './job-event.ts';
import { counterWords, failureWords, percentOf, spentWords, waitWords } from './job-words.ts';
import { Pace, paceWords } from './pace.ts';

/** More have scrolled past; the last ones are what a person wants to see. */
const MOST_FAILURES = 5;
const BAR_COLUMNS = 30;
const NARROW_BAR_COLUMNS = 10;
/** Terminals below this get a short bar. */
const NARROW_COLUMNS = 60;

export type JobPicture = { job: Job | null; failures: string[]; pace: Pace };

export const newPicture = (): JobPicture => ({ job: null, failures: [], pace: new Pace() });

/** Takes an event into the picture. */
export function apply(picture: JobPicture, event: JobEvent): void {
  if (event.job) {
    picture.job = event.job;
    picture.pace.see(event.job);
  }
  const failure = failureOf(event);
  if (failure) picture.failures = [failureWords(failure), ...picture.failures].slice(0, MOST_FAILURES);
}

/** Its lines: a bar, the counters, time and money, the newest failures. None is wider than the screen. */
export function draw({ job, failures, pace }: JobPicture, elapsedSeconds: number, screen: Screen): string[] {
  if (!job) return [];
  const width = screen.columns < NARROW_COLUMNS ? NARROW_BAR_COLUMNS : BAR_COLUMNS;
  const filled = job.totalRows === 0 ? 0 : Math.floor((job.processedRows / job.totalRows) * width);
  const bar = fit(`${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${percentOf(job)} %`, screen.columns);
  const times = [
    `${clock(elapsedSeconds)} elapsed`,
    timeLeft(pace.secondsLeft(job)),
    paceWords(pace),
    spentWords(job),
  ];
  const wait = waitWords(job);
  const room = Math.max(0, screen.rows - (wait ? 5 : 4));
  return [
    styleText('cyan', bar),
    fit(counterWords(job), screen.columns),
    fit(times.filter(Boolean).join(' · '), screen.columns),
    ...(wait ? [styleText('yellow', fit(wait, screen.columns))] : []),
    ...failures.slice(0, room).map((failure) => styleText('red', fit(failure, screen.columns))),
  ];
}
