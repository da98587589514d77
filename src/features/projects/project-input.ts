/** What a person may ask for in a project, checked in one go. */
import { z } from 'zod';
import { type InputIssue, refuseIssues } from '../../core/errors.ts';
import { showsSomething } from '../../core/shown-text.ts';
import { VideoClipSource, Provider } from '../../generated/prisma/enums.ts';
import { clipLengthsOf } from '../../providers/clip-length.ts';
import type { FilmProvider } from '../../providers/adapter.ts';
import type { ClipLimits, ClipOption } from '../../providers/capabilities/clip.ts';
import { MAX_SCENES } from '../../providers/storyboard-answer.ts';
import { filmProviders, requireFilmProvider } from './film-provider.ts';

/** Longest prompt, in UTF-16 units; ours: a long script is about half of it. */
export const MAX_PROMPT_LENGTH = 20_000;
/** Longest title, in UTF-16 units; ours. */
export const MAX_TITLE_LENGTH = 200;

/** Longest negative prompt, in UTF-16 units; ours. */
export const MAX_NEGATIVE_PROMPT_LENGTH = 1_000;
/** Largest seed; what a GraphQL Int holds. */
const MAX_SEED = 2_147_483_647;
const SEED_RANGE = `The seed must be a whole number from 0 to ${MAX_SEED}.`;

/** Seconds of a clip unless asked otherwise (DOMAIN, Studio). */
export const DEFAULT_CLIP_SECONDS = 4;

/** Control characters other than tab and line break: they reach no screen, font or model well. */
const CONTROL_CHARACTER = /[^\P{Cc}\t\n\r]/u;

/** Text that a person writes, at most `max` UTF-16 units of it; its messages begin with `name`. */
export const text = (name: string, max: number) =>
  z
    .string()
    .trim()
    .refine(showsSomething, { message: `${name} must not be empty.` })
    .max(max, `${name} may have at most ${max.toLocaleString('en')} characters.`)
    .refine((value) => !CONTROL_CHARACTER.test(value), {
      message: `${name} must not contain control characters; remove them.`,
    });

const projectInput = z.object({
  prompt: text('The prompt', MAX_PROMPT_LENGTH),
  title: text('The title', MAX_TITLE_LENGTH).nullish(),
  style: z.string().default('cinematic'),
  aspectRatio: z.string().default('16:9'),
  targetClipDuration: z.number().default(DEFAULT_CLIP_SECONDS),
  targetDuration: z.number().nullish(),
  provider: z.enum(Provider).default('ANIMATIC'),
  seed: z.int().min(0, SEED_RANGE).max(MAX_SEED, SEED_RANGE).nullish(),
  negativePrompt: text('The negative prompt', MAX_NEGATIVE_PROMPT_LENGTH).nullish(),
  sound: z.boolean().default(true),
  clipsFrom: z.enum(VideoClipSource).default('KEYFRAMES'),
});

export type ProjectInput = z.input<typeof projectInput>;
export type CheckedProject = z.output<typeof projectInput>;

/**
 * Checks everything at once against what the provider can do.
 *
 * @param more issues the caller found with what it was asked besides; they are told together.
 * @throws {InvalidInputError} with every issue found and what would be accepted.
 */
export function checkProjectInput(input: ProjectInput, more: InputIssue[] = []): CheckedProject {
  const result = projectInput.safeParse(input);
  const provider = Provider[input.provider ?? 'ANIMATIC'];
  const issues = [
    ...(result.error?.issues ?? []).map(({ path, message }) => ({ path: path.map(String), message })),
    ...(provider ? capabilityIssues(input, requireFilmProvider(provider)) : []),
    ...more,
  ];
  refuseIssues(issues);
  // Without an issue there is no error.
  return result.data!;
}

/**
 * Checks some fields by themselves, as {@link checkProjectInput} does all of them; those that are not given stay out.
 *
 * @throws {InvalidInputError} with every issue found.
 */
export function checkFields(fields: Partial<ProjectInput>): Partial<CheckedProject> {
  const { shape } = projectInput;
  const given = Object.entries(shape).filter(([field]) => field in fields);
  const result = z.object(Object.fromEntries(given)).safeParse(fields);
  const issues = (result.error?.issues ?? []).map(({ path, message }) => ({
    path: path.map(String),
    message,
  }));
  refuseIssues(issues);
  return result.data ?? {};
}

type Look = Pick<ProjectInput, 'style' | 'aspectRatio' | 'targetClipDuration' | 'targetDuration'>;
type ClipOptions = Pick<ProjectInput, 'seed' | 'negativePrompt' | 'sound' | 'clipsFrom'>;

/** What a provider cannot do of what a project asks for, each with what it can. */
export const capabilityIssues = (input: Look & ClipOptions, provider: FilmProvider): InputIssue[] => [
  ...checkLook(input, provider),
  ...checkClipOptions(input, provider),
  ...checkClipsFrom(input, provider),
];

function checkLook(
  input: Look & Pick<ClipOptions, 'clipsFrom'>,
  { capabilities }: FilmProvider,
): InputIssue[] {
  const { styles } = capabilities.STORYBOARD;
  const able = capabilities.CLIP;
  const { style = 'cinematic', aspectRatio = '16:9', targetDuration } = input;
  const { targetClipDuration = DEFAULT_CLIP_SECONDS } = input;
  const issues: InputIssue[] = [];
  const refuse = (field: keyof ProjectInput, message: string) => issues.push({ path: [field], message });

  if (!styles.includes(style)) refuse('style', `Must be one of ${styles.join(', ')}.`);
  if (!able.aspectRatios.some((known) => known === aspectRatio)) {
    const makers = makersOf(({ aspectRatios }) => aspectRatios.some((known) => known === aspectRatio));
    const elsewhere = makers === null ? '' : ` ${aspectRatio} is made by ${makers}.`;
    refuse('aspectRatio', `Must be one of ${able.aspectRatios.join(', ')}.${elsewhere}`);
  }
  const { min, max } = secondsRange(able, input.clipsFrom);
  const clipFits = isWhole(targetClipDuration) && targetClipDuration >= min && targetClipDuration <= max;
  if (!clipFits) refuse('targetClipDuration', `Must be a whole number of seconds from ${min} to ${max}.`);
  if (targetDuration == null) return issues;
  if (!isWhole(targetDuration) || targetDuration < 1) {
    refuse('targetDuration', 'Must be a whole number of seconds, at least 1.');
  } else if (clipFits && Math.ceil(targetDuration / targetClipDuration) > MAX_SCENES) {
    const longest = MAX_SCENES * targetClipDuration;
    refuse(
      'targetDuration',
      `Needs more than ${MAX_SCENES} scenes of ${targetClipDuration} s; ask for at most ${longest} s or longer clips.`,
    );
  }
  return issues;
}

/** Filmed from reference images a clip may last longer than between two frames. */
function secondsRange(able: ClipLimits, clipsFrom: ClipOptions['clipsFrom']): ClipLimits['seconds'] {
  const { min, max } = able.seconds;
  if (clipsFrom !== 'REFERENCE_IMAGES') return { min, max };
  return { min, max: Math.max(max, ...clipLengthsOf(able, clipsFrom)) };
}

/** What is asked of the clips besides, and the provider's model does not take. */
function checkClipOptions(input: ClipOptions, { label, capabilities }: FilmProvider): InputIssue[] {
  const asked = [
    { option: 'seed', path: ['seed'], isAsked: input.seed != null },
    { option: 'negativePrompt', path: ['negativePrompt'], isAsked: input.negativePrompt != null },
    { option: 'soundOff', path: ['sound'], isAsked: input.sound === false },
  ] as const;
  const able: readonly ClipOption[] = capabilities.CLIP.options ?? [];
  return asked
    .filter(({ option, isAsked }) => isAsked && !able.includes(option))
    .map(({ path }) => ({ path: [...path], message: `${label} does not take it; leave it out.` }));
}

const takesReferences = ({ maxReferences }: ClipLimits): boolean => maxReferences > 0;

/** Clips from reference images, of a provider that films from frames alone. */
function checkClipsFrom({ clipsFrom }: ClipOptions, { label, capabilities }: FilmProvider): InputIssue[] {
  if (clipsFrom !== 'REFERENCE_IMAGES' || takesReferences(capabilities.CLIP)) return [];
  const makers = makersOf(
    takesReferences,
    (maker) => `${maker.name} (${maker.capabilities.CLIP.model.name})`,
  );
  const elsewhere = makers === null ? '' : ` ${makers} films from reference images.`;
  const message = `${label} films from a first and a last frame alone: leave it KEYFRAMES.${elsewhere}`;
  return [{ path: ['clipsFrom'], message }];
}

/** Who can do what the chosen provider cannot; null if nobody can. */
function makersOf(
  isAble: (clip: ClipLimits) => boolean,
  nameOf: (provider: FilmProvider) => string = ({ name }) => name,
): string | null {
  const able = filmProviders().filter(({ capabilities }) => isAble(capabilities.CLIP));
  return able.length > 0 ? able.map(nameOf).join(', ') : null;
}

const isWhole = (value: number) => Number.isInteger(value);
