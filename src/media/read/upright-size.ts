import type { Stream } from 'node-av/lib';
import type { Look } from './look.ts';

/** px of a film's pictures once they are upright, of square pixels and even. */
export function uprightSize(
  { codecpar: { height, width } }: Stream,
  { aspect, turn }: Look,
): { width: number; height: number } {
  const isOnSide = turn?.startsWith('transpose') ?? false;
  if (isOnSide) return { width: even(width * aspect), height: even(width) };
  return { width: even(height * aspect), height: even(height) };
}

const even = (length: number): number => Math.max(2, Math.floor(length / 2) * 2);
