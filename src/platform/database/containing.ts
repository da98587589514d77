/** Prisma's filter for texts that contain another, whatever its case. Prisma hands it to LIKE as it is, where some letters would be wildcards. */
export const containing = (text: string) => ({
  contains: text.replaceAll(/[\\%_]/g, String.raw`\$&`),
  mode: 'insensitive' as const,
});
