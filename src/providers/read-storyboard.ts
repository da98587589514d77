/** Reads a storyboard as language models give it: leniently, so that only what makes no film is asked for again. Pure. */
import { jsonrepair } from 'jsonrepair';
import type { z } from 'zod';
import { DEEPEST_JSON } from '../core/outside-text.ts';
import type { SceneRange } from './scene-range.ts';
import { MAX_NARRATION, MAX_WORDS, storyboardAnswer, type StoryboardAnswer } from './storyboard-answer.ts';

/** Longest text that is mended, in UTF-16 units: of the worst, it takes 0.9 s (measured); a storyboard has half of it. */
const LONGEST_MENDED = 65_536;

export type StoryboardReading =
  | {
      storyboard: StoryboardAnswer;
      /** Whether it has as many scenes as were asked for. */
      isWhole: boolean;
      /** What was changed so that it fits, for a person. */
      changes: string[];
    }
  | { problem: string };

/**
 * The storyboard of an answer, within the limits that the model was told.
 *
 * @param answer JSON, or the text in which the model put it: fenced, with words around it, or with a comma too many.
 */
export function readStoryboard(answer: unknown, range: SceneRange): StoryboardReading {
  const value = typeof answer === 'string' ? mendJson(answer) : answer;
  if (value === undefined) return { problem: 'The answer is no JSON, and cannot be mended.' };
  const { data, error } = storyboardAnswer.safeParse(unwrap(value));
  if (!data) return { problem: describe(error) };
  const scenes = inOrder(data.scenes).slice(0, range.max);
  const written = data.scenes.length;
  const [cut, cutNarrations] = [countLong(value, false), countLong(value, true)];
  return {
    storyboard: { ...data, scenes },
    isWhole: scenes.length >= range.min,
    changes: [
      ...(written > range.max
        ? [
            `The model wrote ${written} scenes where ${range.max} were asked for; those after them are left out.`,
          ]
        : []),
      ...(written < range.min
        ? [`The model wrote ${written} of the ${range.min} scenes that were asked for.`]
        : []),
      ...(cut > 0 ? [`${cut} of the model's texts are cut at ${MAX_WORDS} characters.`] : []),
      ...(cutNarrations > 0
        ? [`${cutNarrations} of the model's narrations are cut at ${MAX_NARRATION} characters.`]
        : []),
    ],
  };
}

/** The JSON that a model put into a text: fenced, with words around it, or with a comma too many; undefined where there is none. */
export function mendJson(text: string): unknown {
  const json = stripped(text);
  // Lists are flat in what is asked for: deeper ones are somebody's joke.
  if (depthOf(json) > DEEPEST_JSON) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return json.length > LONGEST_MENDED ? undefined : repaired(json);
  }
}

function repaired(json: string): unknown {
  try {
    return JSON.parse(jsonrepair(json));
  } catch {
    return undefined;
  }
}

const FENCED = /```(?:json)?\s*([\s\S]*?)(?:```|$)/i;

/** Without a byte order mark, a fence, words around it, and the scene in which it was cut off. */
function stripped(text: string): string {
  const inside = FENCED.exec(text)?.[1] ?? text;
  const from = inside.search(/[[{]/);
  const to = Math.max(inside.lastIndexOf('}'), inside.lastIndexOf(']'));
  return from < 0 ? '' : inside.slice(from, to + 1);
}

/** At most so many brackets are open at once; those in texts count too. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of json) {
    if (character === '{' || character === '[') deepest = Math.max(deepest, (depth += 1));
    else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}

/** Some models put it into a list, or under a name of their own; or give the scenes alone. */
function unwrap(value: unknown): unknown {
  if (hasScenes(value)) return value;
  if (Array.isArray(value)) return value.find(hasScenes) ?? { scenes: value };
  return typeof value === 'object' && value !== null
    ? (Object.values(value).find(hasScenes) ?? value)
    : value;
}

const hasScenes = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'scenes' in value && Array.isArray(value.scenes);

type Scenes = StoryboardAnswer['scenes'];

/** By their numbers where each has one of its own, else as they come. */
function inOrder(scenes: Scenes): Scenes {
  const numbers = new Set(scenes.map(({ scene_index: index }) => index));
  if (numbers.has(null) || numbers.size < scenes.length) return scenes;
  return scenes.toSorted((one, other) => Number(one.scene_index) - Number(other.scene_index));
}

/** How many texts of an answer are longer than they may be: its narrations, or all others. */
function countLong(value: unknown, isNarration: boolean, name = ''): number {
  if (typeof value === 'string')
    return (name === 'narration') === isNarration && value.trim().length > limitOf(name) ? 1 : 0;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, item]) => sum + countLong(item, isNarration, key), 0);
}

const limitOf = (name: string): number => (name === 'narration' ? MAX_NARRATION : MAX_WORDS);

const describe = (error: z.ZodError) =>
  error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
