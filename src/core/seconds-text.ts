/** A time or a length as people read it, to the thousandth: `4.983 s`, however a sum of it came out. Pure. */
export const secondsText = (seconds: number): string => `${Number(seconds.toFixed(3))} s`;
