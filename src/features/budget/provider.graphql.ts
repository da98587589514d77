import { Provider } from '../../generated/prisma/client.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';

export const ProviderEnum = prismaEnum('Provider', Provider);
