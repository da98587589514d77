import { type ChildOptions, runInChild, siblingScript } from '../child/child.ts';

export type ChooseStillsJob = {
  file: string;
  /** As a probe told it. */
  durationSeconds: number;
  /** How many to choose. */
  count: number;
};

/** A picture that stands for a film well. */
export type ChosenStill = {
  /** On the film's clock. */
  atSeconds: number;
  /** How sharp, well lit and full of contrast it is, 0 to 1; comparable within one film. */
  merit: number;
};

/** CPU seconds: each picture that is looked at decodes up to ten seconds of 4K. */
const CPU_SECONDS = 600;

/**
 * Looks at pictures all over a film and chooses those that stand for it best: sharp, neither dark nor washed out, and apart from
 * each other; the best first. In a process of its own. Fewer for a film of fewer pictures.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export const chooseStills = (
  job: ChooseStillsJob,
  options: Pick<ChildOptions, 'signal'> = {},
): Promise<ChosenStill[]> =>
  runInChild<ChosenStill[]>(siblingScript(import.meta.url, './choose-stills.child'), job, {
    ...options,
    cpuSeconds: CPU_SECONDS,
  });
