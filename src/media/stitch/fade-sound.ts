import { CHANNELS } from '../encoding.ts';

/**
 * Mixes the outgoing sound into the beginning of the incoming one, in place, over the outgoing's
 * length. At equal power, so that two unlike sounds do not dip in the middle of the fade.
 */
export function fadeSound(outgoing: Float32Array, incoming: Float32Array): void {
  const samples = outgoing.length / CHANNELS;
  for (let i = 0; i < outgoing.length; i += 1) {
    const angle = ((Math.floor(i / CHANNELS) + 0.5) / samples) * (Math.PI / 2);
    incoming[i] = (outgoing[i] ?? 0) * Math.cos(angle) + (incoming[i] ?? 0) * Math.sin(angle);
  }
}
