/**
 * A model for FFmpeg's `whisper` filter, with every tensor it asks for, that hears nothing and says what it is told to: each
 * of its tokens leads to the next one. So what is asked, loaded, run and written is real; only what is heard is not.
 */

/** As in a multilingual model: texts have the numbers before 50,257. */
const TOKENS = { END: 50_257, BEGIN: 50_258, TRANSCRIBE: 50_359, FIRST_TIME: 50_364, ALL: 51_865 };
/** Steps of the model's clock in a second. */
const STEPS = 50;
/** Of the vectors it thinks in: one direction a token, and one that no token has. */
const WIDTH = 64;
const SOUND_STEPS = 1_500;
const TEXT_STEPS = 448;
const MELS = 80;
const BINS = 201;

type Tensor = { name: string; shape: number[]; values: Float32Array };

/** Weights have 16 bits a number, all else 32. */
const isHalf = ({ name, shape }: Tensor): boolean => shape.length > 1 && name.endsWith('.weight');

/** What a model says of whatever it is given, in seconds from the beginning of that. Words as they are put together, with their spaces. */
export type Saying = { startSeconds: number; endSeconds: number; words: readonly string[] };

/**
 * The bytes of a model that says the same of every sound.
 *
 * @param sayings in order, the first from 0 on; no word and no time twice: it would lead to two others. At most 60 words and times.
 */
export function sayingModel(sayings: readonly Saying[]): Buffer {
  const words = sayings.flatMap((saying) => saying.words);
  const time = (seconds: number) => TOKENS.FIRST_TIME + Math.round(seconds * STEPS);
  const spoken = sayings.flatMap((saying) => [
    time(saying.startSeconds),
    // A token of a space alone, which it looks for, is the first.
    ...saying.words.map((word) => words.indexOf(word) + 1),
    time(saying.endSeconds),
  ]);
  const chain = [TOKENS.TRANSCRIBE, ...spoken, TOKENS.END];
  if (new Set(chain).size < chain.length) throw new Error('What is said twice leads to two others.');
  return modelOf([' ', ...words], tensorsOf(chain));
}

/** A model without any tensor: whisper.cpp takes it for a test, and hears nothing. */
export const emptyModel = (): Buffer => modelOf([' '], []);

function modelOf(vocabulary: readonly string[], tensors: readonly Tensor[]): Buffer {
  const sizes = [TOKENS.ALL, SOUND_STEPS, WIDTH, 1, 1, TEXT_STEPS, WIDTH, 1, 1, MELS, 1];
  const words = vocabulary.map((word) => Buffer.from(word));
  return Buffer.concat([
    Buffer.from('lmgg'),
    numbers(sizes),
    numbers([MELS, BINS]),
    Buffer.alloc(MELS * BINS * 4),
    numbers([words.length]),
    ...words.flatMap((word) => [numbers([word.length]), word]),
    ...tensors.flatMap((tensor) => [
      numbers([tensor.shape.length, tensor.name.length, isHalf(tensor) ? 1 : 0, ...tensor.shape]),
      Buffer.from(tensor.name),
      Buffer.from(isHalf(tensor) ? Float16Array.from(tensor.values).buffer : tensor.values.buffer),
    ]),
  ]);
}

const numbers = (values: readonly number[]): Buffer => Buffer.from(Int32Array.from(values).buffer);

/** What is not told here is 0: it attends to nothing. */
function tensorsOf(chain: readonly number[]): Tensor[] {
  const tensors = SHAPES.map(([name, shape]) => ({
    name,
    shape,
    values: new Float32Array(shape.reduce((product, size) => product * size, 1)),
  }));
  const valuesOf = (wanted: string) => tensors.find(({ name }) => name === wanted)!.values;
  const block = 'decoder.blocks.0';
  valuesOf(`${block}.mlp_ln.weight`).fill(1);
  valuesOf('decoder.ln.weight').fill(1);
  // Only the direction of the token that was last said gets over it.
  valuesOf(`${block}.mlp.0.bias`).fill(-5);
  for (const [index, token] of chain.entries()) {
    const [direction, next] = [index + 1, index + 2];
    valuesOf('decoder.token_embedding.weight')[token * WIDTH + direction] = 5;
    valuesOf(`${block}.mlp.0.weight`)[direction * WIDTH + direction] = 1;
    if (index + 1 < chain.length) valuesOf(`${block}.mlp.2.weight`)[next * 4 * WIDTH + direction] = 100;
  }
  return tensors;
}

type Shape = [name: string, shape: number[]];

const norm = (name: string): Shape[] => [
  [`${name}.weight`, [WIDTH]],
  [`${name}.bias`, [WIDTH]],
];
const layer = (name: string, from: number, to: number): Shape[] => [
  [`${name}.weight`, [from, to]],
  [`${name}.bias`, [to]],
];
const attention = (name: string): Shape[] => [
  ...norm(`${name}_ln`),
  ...layer(`${name}.query`, WIDTH, WIDTH),
  [`${name}.key.weight`, [WIDTH, WIDTH]],
  ...layer(`${name}.value`, WIDTH, WIDTH),
  ...layer(`${name}.out`, WIDTH, WIDTH),
];
const thought = (name: string): Shape[] => [
  ...norm(`${name}.mlp_ln`),
  ...layer(`${name}.mlp.0`, WIDTH, 4 * WIDTH),
  ...layer(`${name}.mlp.2`, 4 * WIDTH, WIDTH),
];
const convolution = (name: string, from: number): Shape[] => [
  [`${name}.weight`, [3, from, WIDTH]],
  [`${name}.bias`, [1, WIDTH]],
];

const SHAPES: readonly Shape[] = [
  ['encoder.positional_embedding', [WIDTH, SOUND_STEPS]],
  ...convolution('encoder.conv1', MELS),
  ...convolution('encoder.conv2', WIDTH),
  ...norm('encoder.ln_post'),
  ...attention('encoder.blocks.0.attn'),
  ...thought('encoder.blocks.0'),
  ['decoder.positional_embedding', [WIDTH, TEXT_STEPS]],
  ['decoder.token_embedding.weight', [WIDTH, TOKENS.ALL]],
  ...norm('decoder.ln'),
  ...attention('decoder.blocks.0.attn'),
  ...attention('decoder.blocks.0.cross_attn'),
  ...thought('decoder.blocks.0'),
];
