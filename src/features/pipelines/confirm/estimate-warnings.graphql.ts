import { builder } from '../../../graphql/builder.ts';
import { ESTIMATE_WARNINGS, type EstimateWarning } from './estimate-warnings.ts';

const EstimateWarningCode = builder.enumType('EstimateWarningCode', {
  description: 'What a program may look for.',
  values: Object.fromEntries(
    Object.entries(ESTIMATE_WARNINGS).map(([code, description]) => [code, { description }]),
  ) as Record<EstimateWarning['code'], { description: string }>,
});

export const EstimateWarningType = builder.objectRef<EstimateWarning>('EstimateWarning').implement({
  description: 'What a person should know of what they asked for.',
  fields: (t) => ({
    code: t.expose('code', { type: EstimateWarningCode, description: 'For programs.' }),
    message: t.exposeString('message', { description: 'For people.' }),
  }),
});

/** What an answer says of the words that it was given. */
export const NARRATION_WARNINGS =
  'What of the narration will not be spoken as it stands, as far as is known: `NARRATION_NOT_SPOKEN`, in one entry for all scenes of which the same is to be told. Empty where all of it is, and where nobody knows before a model has written the storyboard.';
