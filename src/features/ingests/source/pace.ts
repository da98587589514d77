/** How fast a film must come: a server that trickles, or cuts the line after every byte, would hold a worker for ever. */
import { refused } from './sniff.ts';

/** Ours: a line over which a film of a megabit a second comes in hardly twice its length. */
const LEAST_BYTES_PER_SECOND = 50_000;
/** Longer than all tries in a row that may bring nothing take. */
const STRETCH_MILLISECONDS = 300_000;
/** However fast it comes; ours. */
const LONGEST_HOURS = 24;

export type Pace = {
  /** Fires, with what is to be told, once too little came in a stretch of time, or all of it takes too long. */
  signal: AbortSignal;
  came(bytes: number): void;
  /** Stops looking. */
  end(): void;
};

/** Looks on until `end`, also between tries. `signal` fires with a {DomainError} `SOURCE_FAILED`. */
export function watchPace(host: string, stretchMilliseconds = STRETCH_MILLISECONDS): Pace {
  const stop = new AbortController();
  let came = 0;
  const looks = setInterval(() => {
    if (came < (LEAST_BYTES_PER_SECOND * stretchMilliseconds) / 1_000)
      stop.abort(refused(`${host} sends less than ${LEAST_BYTES_PER_SECOND / 1_000} kB a second`));
    came = 0;
  }, stretchMilliseconds);
  const late = setTimeout(
    () => stop.abort(refused(`it takes more than ${LONGEST_HOURS} hours to come`)),
    LONGEST_HOURS * 3_600_000,
  );
  return {
    signal: stop.signal,
    came: (bytes) => {
      came += bytes;
    },
    end: () => {
      clearInterval(looks);
      clearTimeout(late);
    },
  };
}
