/** The net that knows faces: BlazeFace's weights as `@vladmandic/human` ships them, run by TensorFlow's WebAssembly. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { FoundFace } from './face.ts';
import { type Grid, GRIDS, readGrid } from './net-output.ts';
import { netInput, netPlace, NET_SIDE } from './net-input.ts';
import type { Part, SmallPicture } from './small-picture.ts';

/** The manifest beside the weights (TensorFlow.js' graph model). */
type Manifest = { modelTopology: object; weightsManifest: [{ weights: tf.io.WeightsManifestEntry[] }] };

/** Finds faces in parts of pictures. It takes some 100 MB of memory: only inside a media child. */
export class FaceNet {
  readonly #model: Awaited<ReturnType<typeof loadGraphModel>>;
  readonly #values = new Float32Array(NET_SIDE * NET_SIDE * 3);

  private constructor(model: Awaited<ReturnType<typeof loadGraphModel>>) {
    this.#model = model;
  }

  /** Loads it from disk; nothing is fetched. One thread: the machine has its own plans for the others. */
  static async open(): Promise<FaceNet> {
    const require = createRequire(import.meta.url);
    wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
    wasm.setThreadsCount(1);
    await tf.setBackend('wasm');
    await tf.ready();
    const models = join(dirname(require.resolve('@vladmandic/human')), '../models');
    const manifest = JSON.parse(await readFile(join(models, 'blazeface.json'), 'utf8')) as Manifest;
    const { buffer } = Uint8Array.from(await readFile(join(models, 'blazeface.bin')));
    const { modelTopology, weightsManifest } = manifest;
    const artifacts = { modelTopology, weightSpecs: weightsManifest[0].weights, weightData: buffer };
    return new FaceNet(await loadGraphModel({ load: async () => artifacts }));
  }

  /** Faces of a part, in the picture's px; the same one several times. */
  find(picture: SmallPicture, part: Part): FoundFace[] {
    const input = tf.tensor4d(netInput(picture, part, this.#values), [1, NET_SIDE, NET_SIDE, 3]);
    const outputs = this.#model.execute(input) as tf.Tensor[];
    const found = GRIDS.flatMap((grid) =>
      readGrid(grid, valuesOf(outputs, grid, 1), valuesOf(outputs, grid, 16)),
    );
    tf.dispose(outputs);
    input.dispose();
    const { times, left, top } = netPlace(part);
    const back = ({ x, y }: { x: number; y: number }) => ({
      x: (x - left) / times + part.x,
      y: (y - top) / times + part.y,
    });
    return found.map((face) => ({
      ...back(face),
      width: face.width / times,
      height: face.height / times,
      score: face.score,
      nose: back(face.nose),
      mouth: back(face.mouth),
    }));
  }
}

/** Of the tensor with so many numbers for each anchor of a grid. */
function valuesOf(outputs: readonly tf.Tensor[], { anchors }: Grid, numbers: number): Float32Array {
  const output = outputs.find(({ shape }) => shape[1] === anchors && shape[2] === numbers);
  if (!output) throw new Error(`The net for faces has no output of ${anchors} x ${numbers}.`);
  return output.dataSync<'float32'>();
}
