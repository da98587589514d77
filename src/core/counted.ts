/** `1 word`, `1,200 words`. Pure. @param noun whose plural has an s more. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
