/** What an adapter writes down for itself where every process sees it: short texts by name. Nobody else reads them. */
export type Notes = {
  /** Null where nothing is written. */
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
};
