export const PAID_CALLS = ['STORYBOARD', 'KEYFRAME', 'CLIP'] as const;
/** A call that costs money, where the provider takes any. */
export type PaidCall = (typeof PAID_CALLS)[number];
