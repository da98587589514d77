/** Addresses that uploads are sent to. */

export const UPLOADS_PATH = '/uploads';

/** The address of an upload, on the origin the client came to. */
export const uploadUrl = (origin: string, id: string): string => `${origin}${UPLOADS_PATH}/${id}`;
