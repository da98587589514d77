/** Of tus. Uploads are made by the graph alone, of a known length; what is old is upkeep's. */
export const EXTENSIONS = ['termination', 'checksum'] as const;
