/** A file of the storage, as a listing tells it. */
export type ListedFile = {
  key: string;
  sizeBytes: number;
  /** When it was put there. */
  modifiedAt: Date;
};
