/** Most rows of a page; ours. */
export const MAX_PAGE = 100;
/** Rows of a page where nobody says how many. */
export const DEFAULT_PAGE = 20;
