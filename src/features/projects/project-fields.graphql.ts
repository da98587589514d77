import { MAX_SCENES } from '../../providers/storyboard-answer.ts';
import type { InputFields } from '../../graphql/builder.ts';
import { ProviderEnum } from './project.graphql.ts';
import { MAX_NEGATIVE_PROMPT_LENGTH, MAX_PROMPT_LENGTH, MAX_TITLE_LENGTH } from './project-input.ts';

/** Input fields that say what a film is to be; `createProject` and `generateFilm` share them. */
export const projectFields = (t: InputFields) => ({
  prompt: t.string({
    description: `What the film is about, or its whole script; at most ${MAX_PROMPT_LENGTH.toLocaleString('en')} characters.`,
  }),
  title: t.string({
    required: false,
    description: `Short name, at most ${MAX_TITLE_LENGTH} characters; taken from the prompt unless given.`,
  }),
  style: t.string({
    defaultValue: 'cinematic',
    description: "Visual style, one of the provider's `styles`.",
  }),
  aspectRatio: t.string({
    defaultValue: '16:9',
    description: "Shape of the picture, one of the provider's `aspectRatios`.",
  }),
  targetClipDuration: t.int({
    defaultValue: 4,
    description:
      "Seconds a clip is meant to last, within the provider's `clipSeconds`; from reference images, up to the longest of `references.clipSeconds`.",
  }),
  targetDuration: t.int({
    required: false,
    description: `Seconds the film is meant to last, at most ${MAX_SCENES} clips long; the prompt decides unless given.`,
  }),
  provider: t.field({ type: ProviderEnum, defaultValue: 'ANIMATIC', description: 'Who makes it.' }),
  seed: t.int({
    required: false,
    description: 'Same number, same clip, where the provider has `SEED` among its `clipWishes`; from 0.',
  }),
  negativePrompt: t.string({
    required: false,
    description: `What must not be seen, where the provider has \`NEGATIVE_PROMPT\` among its \`clipWishes\`; at most ${MAX_NEGATIVE_PROMPT_LENGTH.toLocaleString('en')} characters.`,
  }),
  sound: t.boolean({
    defaultValue: true,
    description: 'Whether the clips have sound; it can be left out where the provider has `SOUND_OFF`.',
  }),
});
