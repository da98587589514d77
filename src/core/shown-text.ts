/**
 * What puts ink on a screen: no blank, no control, and nothing that only steers what stands beside it (zero-width and
 * bidi characters, variation selectors, fillers). The blanks that Unicode does not count among those are named.
 */
const SHOWN = /[^\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/u;

/** Whether a reader sees anything of a text; to them, one of which they see nothing is empty. */
export const showsSomething = (text: string): boolean => SHOWN.test(text);
