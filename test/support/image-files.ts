/** What of the checkout the image is built of, as its Dockerfile says. */
export const copiedInto = (dockerfile: string): string[] =>
  [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));

/** What of the build goes into the image. */
export const keptOf = (dockerfile: string): string[] =>
  [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+) /gm)].map(([, name = '']) => name);
