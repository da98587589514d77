import type { Subject } from '../art/recipe.ts';
import { castle, house, lighthouse } from './buildings.ts';
import { cat, crowd, figure, horse, pair } from './figures.ts';
import { fire, flower, tree } from './nature.ts';
import { clock, cup, lamp, letter } from './objects.ts';
import type { SubjectSketch } from './sketch.ts';
import { balloon, car, rocket, ship, train } from './vehicles.ts';

/** How each subject is drawn. Birds fly with the weather: they are never still. */
export const SKETCHES: Readonly<Record<Exclude<Subject, 'birds'>, SubjectSketch>> = {
  figure,
  pair,
  crowd,
  lighthouse,
  house,
  castle,
  tree,
  flower,
  ship,
  train,
  car,
  balloon,
  rocket,
  cat,
  horse,
  fire,
  lamp,
  letter,
  cup,
  clock,
};
