/** A point in time as people and programs write it: hours may be missing, fields short, the fraction behind `,`, `.` or `:`, or missing. */
const TIME = String.raw`(-?)(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[,.:](\d{1,9}))?`;
const TIMING = new RegExp(String.raw`^[ \t]*${TIME}[ \t]*(?:-{1,2}|\u2013|\u2014)>[ \t]*${TIME}(?!\d)`);
const SBV_TIMING = new RegExp(String.raw`^[ \t]*${TIME},${TIME}[ \t]*$`);

/** Seconds from and to; negative where the file says so. */
export type Span = { startSeconds: number; endSeconds: number };

/** The times of a line of SubRip, or of WebVTT that is not quite right; null if it is another line. */
export const timingOf = (line: string): Span | null =>
  line.includes('>') ? spanOf(TIMING.exec(line)) : null;

/** The times of a line of SBV, `0:00:01.000,0:00:02.000`; null if it is another line. */
export const sbvTimingOf = (line: string): Span | null => spanOf(SBV_TIMING.exec(line));

const FIELDS = 5;

const spanOf = (match: RegExpExecArray | null): Span | null =>
  match && {
    startSeconds: secondsOf(match.slice(1, 1 + FIELDS)),
    endSeconds: secondsOf(match.slice(1 + FIELDS)),
  };

function secondsOf([sign, hours = '0', minutes = '0', seconds = '0', fraction = '0']: string[]): number {
  const whole = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return (sign === '-' ? -1 : 1) * (whole + Number(`0.${fraction}`));
}
