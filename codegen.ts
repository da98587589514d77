import type { CodegenConfig } from '@graphql-codegen/cli';

// Typed documents for the operations of the command line, from the .graphql files beside its code.
export default {
  schema: 'schema.graphql',
  documents: 'src/cli/**/*.graphql',
  generates: {
    'src/cli/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        importExtension: '.ts',
        enumsAsTypes: true,
        useTypeImports: true,
        onlyOperationTypes: true,
        strictScalars: true,
        scalars: { DateTime: 'string', File: 'File', URL: 'string', JSON: 'unknown', SafeInt: 'number' },
      },
    },
  },
} satisfies CodegenConfig;
