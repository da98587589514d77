import type { Fitting } from '../../media/still/fitting.ts';

/** Clips of another shape than their film's, and what was done with them. */
export type FittedClips = { message: string; details: { sceneIndex: number; fitting: Fitting }[] };

const TOLD: Readonly<Record<Exclude<Fitting, 'WHOLE'>, string>> = {
  CROPPED: 'nearly the shape of the film: it fills the frame, and loses a little at two edges',
  PADDED: 'another shape than the film: it is shown whole, between black bars',
};

/** What a person is told of them; one message for each way they were fitted. */
export function fittedClips(
  items: readonly { sceneIndex: number }[],
  fittings: readonly Fitting[],
): FittedClips[] {
  return (['CROPPED', 'PADDED'] as const).flatMap((fitting) => {
    const fitted = items.filter((_, index) => fittings[index] === fitting);
    if (fitted.length === 0) return [];
    const numbers = fitted.map(({ sceneIndex }) => sceneIndex + 1).join(', ');
    const clips =
      fitted.length === 1 ? `The clip of scene ${numbers} has` : `Each clip of the scenes ${numbers} has`;
    const details = fitted.map(({ sceneIndex }) => ({ sceneIndex, fitting }));
    return [{ message: `${clips} ${TOLD[fitting]}.`, details }];
  });
}
