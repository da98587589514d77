/** How far words are softened after a safety filter refused them: not, somewhat, or as far as the scene can bear. */
export type Softening = 0 | 1 | 2;
