import type { Place } from '../art/recipe.ts';
import { city } from './city.ts';
import { forest } from './forest.ts';
import { market } from './market.ts';
import { mountain } from './mountain.ts';
import { desert, field } from './open-land.ts';
import type { PlaceSketch } from './place.ts';
import { road } from './road.ts';
import { room } from './room.ts';
import { space } from './space.ts';
import { river, sea } from './water.ts';

/** How each place is drawn. */
export const PLACE_SKETCHES: Readonly<Record<Place, PlaceSketch>> = {
  sea,
  city,
  forest,
  mountain,
  desert,
  field,
  river,
  road,
  room,
  space,
  market,
};
