import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { builder } from './builder.ts';

const SCHEMA = path.join(import.meta.dirname, '../../prisma');

/**
 * A Prisma enum in GraphQL, under its own name unless it is shown as another, described by its `///` text. Pothos' generator carries
 * that text for models and columns only, so it is read from the Prisma schema itself.
 */
export function prismaEnum<const Values extends Record<string, string>>(
  name: string,
  values: Values,
  shownAs = name,
) {
  const texts = textsOf(name);
  const described = Object.fromEntries(
    Object.values(values).map((value) => [value, { description: texts.values.get(value) }]),
  );
  return builder.enumType(shownAs, {
    description: texts.description,
    values: described as { [Value in Values[keyof Values]]: { description: string } },
  });
}

/** One enum of the values of several Prisma enums; each value is described by what it is in each of them. */
export function prismaEnums<const Enums extends Record<string, Record<string, string>>>(
  name: string,
  description: string,
  enums: Enums,
) {
  const texts = new Map<string, string[]>();
  for (const [part, values] of Object.entries(enums)) {
    for (const value of Object.values(values)) {
      const text = `${part}: ${textsOf(part).values.get(value)}`;
      texts.set(value, [...(texts.get(value) ?? []), text]);
    }
  }
  type Value = { [Name in keyof Enums]: Enums[Name][keyof Enums[Name]] }[keyof Enums];
  const values = [...texts].map(([value, parts]) => [value, { description: parts.join(' ') }]);
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(values) as { [Each in Value]: { description: string } },
  });
}

function textsOf(name: string): EnumTexts {
  const texts = describedEnums().get(name);
  if (!texts) throw new Error(`The Prisma schema has no enum ${name}`);
  return texts;
}

type EnumTexts = { description: string; values: Map<string, string> };

let known: Map<string, EnumTexts> | undefined;

function describedEnums(): Map<string, EnumTexts> {
  known ??= new Map(
    readdirSync(SCHEMA)
      .filter((file) => file.endsWith('.prisma'))
      .flatMap((file) => parseEnums(readFileSync(path.join(SCHEMA, file), 'utf8'))),
  );
  return known;
}

const ENUM = /((?:^\/\/\/.*\n)*)^enum (\w+) \{\n([^}]*)\}/gm;
const VALUE = /((?:^\s*\/\/\/.*\n)*)^\s*(\w+)/gm;

const parseEnums = (schema: string): [string, EnumTexts][] =>
  [...schema.matchAll(ENUM)].map(([, text = '', name = '', body = '']) => {
    const values = [...body.matchAll(VALUE)].map(
      ([, valueText = '', value = '']) => [value, plain(valueText)] as const,
    );
    return [name, { description: plain(text), values: new Map(values) }];
  });

const plain = (comment: string) => comment.replaceAll(/^\s*\/\/\/ ?/gm, '').trim();
