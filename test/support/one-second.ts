/** The shortest film there is: one scene of a second. */
export const ONE_SECOND = {
  prompt: 'A lighthouse wakes at dusk.',
  targetClipDuration: 1,
  targetDuration: 1,
  crossfadeSeconds: 0,
  idempotencyKey: null,
} as const;
