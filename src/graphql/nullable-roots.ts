/** What is asked for or changed beside each other fails alone: a field of Query or Mutation that does is null. */
import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      nullableRoots: NullableRoots<Types>;
    }
  }
}

const NAME = 'nullableRoots';
const ROOTS: readonly string[] = ['Query', 'Mutation'];

/** Makes every field of Query and Mutation nullable; non-null, one that fails would take the others' answers with it. */
class NullableRoots<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (!ROOTS.includes(field.parentType)) return field;
    return { ...field, type: { ...field.type, nullable: true } };
  }
}

SchemaBuilder.registerPlugin(NAME, NullableRoots);

export default NAME;
